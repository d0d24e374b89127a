"""What groups add to the registries of the apps below."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from dkbm.accounts.hooks import register_departure, register_function_change
from dkbm.accounts.places import ACCOUNT, PERSON_ASIDE
from dkbm.accounts.signup_choices import ChoiceProvider, register_choice
from dkbm.audit.actions import Action, register_actions
from dkbm.cms.bound_pages import register_bound_page
from dkbm.cms.domain.edits import edited_by
from dkbm.cms.frame import register_area
from dkbm.cms.places import FRONT_FIGURES, FRONT_JOINING, HOME_ASIDE, HOME_FIRST, HOME_OPEN
from dkbm.core.panels import Panel
from dkbm.notifications.kinds import register_kinds
from dkbm.notifications.selections import register_selections
from dkbm.privacy.registry import register_relation
from dkbm.search.facets import register_facets
from dkbm.search.receivers import follow_text
from dkbm.search.registry import register_searchable, register_written
from dkbm.search.types import EntryType, register_type
from dkbm.tenancy.groups import register_groups

from .domain import mails, pages, searching, selections, signup_choice
from .domain.functions import function_changed
from .domain.members import end_memberships
from .domain.queries.for_lower_apps import SOURCE
from .facets import WORKGROUP
from .models import Announcement, AnnouncementRecipient, GroupMembership, Workgroup, WorkgroupPage
from .panels import (
    announcements_to_group,
    announcements_to_network,
    groups_of_person,
    groups_panel,
    joining_panel,
    meetings_panel,
    number_panel,
    requests_panel,
    speaker_panel,
)
from .places import GROUP

ACTIONS = (
    Action("group.founded", _("%(actor)s hat „%(group)s“ gegründet."), values=("group",)),
    Action("group.edited", _("%(actor)s hat die Angaben zu „%(group)s“ geändert."), values=("group",)),
    Action("group.added", _("%(actor)s hat %(subject)s ohne Anfrage in „%(group)s“ aufgenommen."), values=("group",)),
    Action("group.removed", _("%(actor)s hat %(subject)s aus „%(group)s“ entfernt."), values=("group",)),
    Action("group.admitted", _("%(actor)s hat %(subject)s in „%(group)s“ aufgenommen."), values=("group",)),
    Action(
        "group.refused", _("%(actor)s hat die Anfrage von %(subject)s für „%(group)s“ abgelehnt."), values=("group",)
    ),
    Action(
        "group.office", _("%(actor)s hat das Amt von %(subject)s in „%(group)s“ geändert."), values=("group", "office")
    ),
    Action("group.archived", _("%(actor)s hat „%(group)s“ archiviert."), values=("group",)),
    Action(
        "announcement.sent",
        _("%(actor)s hat „%(title)s“ an %(people)s Personen geschrieben (%(to)s)."),
        values=("title", "people", "to"),
    ),
    Action(
        "group.seat_given",
        _("%(actor)s hat %(subject)s für „%(group)s“ in die Konzeptgruppe gesetzt."),
        values=("group",),
    ),
    Action(
        "group.seat_ended",
        _("%(actor)s hat den Sitz von %(subject)s für „%(group)s“ in der Konzeptgruppe beendet."),
        values=("group",),
    ),
)


def register() -> None:
    register_kinds(mails.KINDS)
    register_area(_("Arbeitsgruppen"), "workgroups:list", order=10)
    register_selections(*selections.SELECTIONS)
    HOME_FIRST.register(Panel("workgroups/_announcements_panel.html", announcements_to_network, order=1))
    GROUP.register(Panel("workgroups/_announcements_panel.html", announcements_to_group, order=5))
    HOME_OPEN.register(Panel("workgroups/_requests_panel.html", requests_panel, order=10))
    HOME_ASIDE.register(Panel("workgroups/_speaker_panel.html", speaker_panel, order=10))
    FRONT_FIGURES.register(Panel("workgroups/_number_panel.html", number_panel, order=20))
    FRONT_JOINING.register(Panel("workgroups/_joining_panel.html", joining_panel, order=10))
    ACCOUNT.register(Panel("workgroups/_my_groups_panel.html", groups_panel, order=20))
    PERSON_ASIDE.register(Panel("workgroups/_groups_of_person_panel.html", groups_of_person, order=10))
    GROUP.register(Panel("workgroups/_meetings_panel.html", meetings_panel, order=20))
    register_departure(end_memberships)
    register_function_change(function_changed)
    register_choice(
        ChoiceProvider(
            choices=signup_choice.choices,
            suggest=signup_choice.suggest,
            on_requested=signup_choice.on_requested,
            on_admitted=signup_choice.on_admitted,
            on_refused=signup_choice.on_refused,
        )
    )
    register_bound_page(WorkgroupPage, advice=pages.advice, for_all=pages.for_all)
    register_type(EntryType(searching.TYPE, _("Arbeitsgruppen"), _("Gruppe"), order=30))
    register_searchable(searching.TYPE, searching.entries)
    register_written(searching.TYPE, partial(edited_by, Workgroup))
    register_facets(searching.TYPE, WORKGROUP)
    register_groups(SOURCE)
    register_actions(*ACTIONS)
    follow_text(WorkgroupPage, searching.index_group_of_page)
    _declare_people()


def _declare_people() -> None:
    register_relation(Workgroup, "founder", on_erasure="keep_anonymous", export=True)
    register_relation(GroupMembership, "person", on_erasure="delete", export=True)
    register_relation(GroupMembership, "decided_by", on_erasure="keep_anonymous", export=False)
    register_relation(Announcement, "author", on_erasure="keep_anonymous", export=True)
    register_relation(AnnouncementRecipient, "person", on_erasure="delete", export=True)

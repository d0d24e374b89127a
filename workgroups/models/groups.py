"""AGs, sub-groups and the concept group, and who belongs to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.cms.showing import ShownPicture, picture_of_text
from dkbm.core.days import DayField
from dkbm.core.faces import Face
from dkbm.core.fields import SortKeyField
from dkbm.core.paths import network_path
from dkbm.core.text import initials
from dkbm.tenancy.managers import scoped
from dkbm.tenancy.models import NetworkOwned
from dkbm.tenancy.reserved import validate_not_reserved
from workgroups.enums import NAME_LENGTH, GroupKind, GroupMembershipState, GroupState, Office

validate_slug = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Bitte nur Kleinbuchstaben, Ziffern und einzelne Bindestriche.")
)
"""Stricter than a slug: a lone hyphen is the path below which a group's actions lie."""


class WorkgroupQuerySet(models.QuerySet):
    def workgroups(self) -> WorkgroupQuerySet:
        """The AGs, by number."""
        return self.filter(kind=GroupKind.WORKGROUP).order_by("number", "sort_name")

    def subgroups(self) -> WorkgroupQuerySet:
        return self.filter(kind=GroupKind.SUBGROUP)

    def concept_groups(self) -> WorkgroupQuerySet:
        return self.filter(kind=GroupKind.CONCEPT)

    def open(self) -> WorkgroupQuerySet:
        return self.filter(state=GroupState.OPEN)


class Workgroup(NetworkOwned):
    """A group with a stable id that memberships, topics and meetings hang on. Archived, never deleted.

    The slug is unique in the network, sub-groups included: it names the group's forum space as well.
    """

    slug = models.SlugField(_("Kürzel"), max_length=80, validators=[validate_slug, validate_not_reserved])
    number = models.PositiveSmallIntegerField(_("Nummer"), null=True, blank=True)
    name = models.CharField(_("Name"), max_length=NAME_LENGTH)
    sort_name = SortKeyField(of="name")
    kind = models.CharField(_("Art"), max_length=20, choices=GroupKind.choices, default=GroupKind.WORKGROUP)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="subgroups", verbose_name=_("gehört zu")
    )
    question = models.TextField(_("Frage"), blank=True)
    description = models.TextField(_("Beschreibung"), blank=True)
    expected_result = models.TextField(_("erwartetes Ergebnis"), blank=True)
    result = models.TextField(_("Ergebnis"), blank=True)
    member_functions = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    mails_link_only = models.BooleanField(_("E-Mails nur mit Link"), default=False, db_default=False)
    state = models.CharField(_("Stand"), max_length=20, choices=GroupState.choices, default=GroupState.OPEN)
    founded = DayField(_("gegründet"), null=True, blank=True)
    until = DayField(_("geplant bis"), null=True, blank=True)
    closed = DayField(_("abgeschlossen"), null=True, blank=True)
    founder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="founded_groups"
    )
    page = models.OneToOneField(
        "workgroups.WorkgroupPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="workgroup"
    )
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = scoped(models.Manager.from_queryset(WorkgroupQuerySet), network__bound=True)()

    class Meta:
        ordering = ["number", "sort_name"]
        verbose_name = _("Arbeitsgruppe")
        verbose_name_plural = _("Arbeitsgruppen")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "slug"],
                name="group_slug_once_a_network",
                violation_error_message=_("Dieses Kürzel hat schon eine andere Gruppe."),
            ),
            models.UniqueConstraint(
                fields=["network", "number"],
                condition=models.Q(kind="workgroup"),
                name="ag_number_once_a_network",
                violation_error_message=_("Diese Nummer hat schon eine andere Arbeitsgruppe."),
            ),
            models.UniqueConstraint(
                fields=["network"],
                condition=models.Q(kind="concept"),
                name="one_concept_group_a_network",
                violation_error_message=_("Dieses Netzwerk hat schon eine Konzeptgruppe."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="subgroup", parent__isnull=False)
                | (~models.Q(kind="subgroup") & models.Q(parent__isnull=True)),
                name="only_subgroups_have_a_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """ "AG 1 Kommunales Bildungsmanagement"; other kinds carry their name alone."""
        return f"{self.short_name} {self.name}" if self.number else self.name

    @property
    def short_name(self) -> str:
        """ "AG 1" where there is a number, else the name."""
        return f"AG {self.number}" if self.number else self.name

    @property
    def face(self) -> Face:
        """A tile: the number of the AG, and whether it is one of its sub-groups; or the first letter of its name.

        A list of sub-groups loads their ``parent``.
        """
        if self.ag.number:
            return Face(str(self.ag.number), above=str(_("uAG") if self.is_subgroup else _("AG")), is_tile=True)
        return Face(initials(self.name), is_tile=True)

    @property
    def picture(self) -> ShownPicture | None:
        return picture_of_text(self.page)

    @property
    def is_open(self) -> bool:
        return self.state == GroupState.OPEN

    @property
    def is_workgroup(self) -> bool:
        return self.kind == GroupKind.WORKGROUP

    @property
    def is_subgroup(self) -> bool:
        return self.kind == GroupKind.SUBGROUP

    @property
    def is_concept_group(self) -> bool:
        return self.kind == GroupKind.CONCEPT

    @property
    def slugs(self) -> tuple[str, ...]:
        """What every address of the group begins with: its own slug, below that of its AG."""
        return (self.parent.slug, self.slug) if self.parent else (self.slug,)

    def url(self, name: str) -> str:
        """Path of what the group has by this name: ``group.url("join")``."""
        return network_path(f"workgroups:{name}", *self.slugs)

    def get_absolute_url(self) -> str:
        return self.url("group")

    @property
    def ag(self) -> Workgroup:
        """The AG that this is, or that this sub-group belongs to: requests and members are decided on there."""
        return self.parent or self


class GroupMembership(NetworkOwned):
    """A person in a group. Whoever left keeps the row, so that the group's history stays true.

    Rows of the concept group are kept in line with the offices by ``workgroups.domain.concept``; further
    members carry the AG that sent them in ``seat_of``.
    """

    workgroup = models.ForeignKey(Workgroup, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_memberships")
    state = models.CharField(
        _("Stand"),
        max_length=20,
        choices=GroupMembershipState.choices,
        default=GroupMembershipState.REQUESTED,
    )
    office = models.CharField(_("Amt"), max_length=20, choices=Office.choices, blank=True, default=Office.NONE)
    seat_of = models.ForeignKey(Workgroup, null=True, blank=True, on_delete=models.PROTECT, related_name="seats")
    since = models.DateTimeField(_("Mitglied seit"), null=True, blank=True)
    requested = models.DateTimeField(_("angefragt"), auto_now_add=True)
    message = models.TextField(_("Nachricht"), blank=True)
    reason = models.TextField(_("Grund der Ablehnung"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("Mitgliedschaft in einer Gruppe")
        verbose_name_plural = _("Mitgliedschaften in Gruppen")
        constraints = [
            models.UniqueConstraint(fields=["workgroup", "person"], name="one_membership_a_group"),
            models.UniqueConstraint(
                fields=["workgroup", "office"], condition=~models.Q(office=""), name="one_holder_an_office"
            ),
            models.CheckConstraint(
                condition=models.Q(office="") | models.Q(state="active"), name="only_active_members_hold_office"
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="group_membership_person_state")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.workgroup_id}"

    @property
    def is_active(self) -> bool:
        return self.state == GroupMembershipState.ACTIVE

    @property
    def is_requested(self) -> bool:
        return self.state == GroupMembershipState.REQUESTED

    @property
    def is_refused(self) -> bool:
        return self.state == GroupMembershipState.REFUSED

    def begin(self) -> None:
        """Member from now on, unless the person is one already. Not saved."""
        if not self.is_active:
            self.state, self.since, self.reason = GroupMembershipState.ACTIVE, timezone.now(), ""

    def begin_request(self, message: str = "") -> None:
        """A new request; what was asked and decided before is over. Not saved."""
        self.state, self.requested = GroupMembershipState.REQUESTED, timezone.now()
        self.message, self.reason, self.decided_by = message.strip(), "", None

"""Who may keep searches."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.savedsearch.models import SavedSearch
from dkbm.tenancy.visitor import Visitor

MOST = 50


def may_save(visitor: Visitor) -> Decision:
    return ALLOWED if visitor.is_member else refused(_("Suchen merken können sich Mitglieder des Netzwerks."))


def has_room(visitor: Visitor) -> Decision:
    if SavedSearch.objects.filter(person_id=visitor.person_id).count() < MOST:
        return ALLOWED
    return refused(_("Sie haben sich schon %(n)d Suchen gemerkt. Bitte löschen Sie zuerst eine davon.") % {"n": MOST})

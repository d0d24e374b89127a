"""Pages that an editor has restricted in the CMS. Asked at every search: a restriction holds from the click on."""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import PageViewRestriction

from dkbm.cms.basepage.models import BasePage
from dkbm.tenancy.visitor import Visitor


def restricted_page_keys(visitor: Visitor) -> set[str]:
    """Keys of page entries that this reader may not see.

    ``login``: members only; ``groups``: members of those groups; a shared password opens the page, not the search.
    """
    paths = [
        restriction.page.path
        for restriction in PageViewRestriction.objects.select_related("page").prefetch_related("groups")
        if not _passes(restriction, visitor)
    ]
    if not paths:
        return set()
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return {str(key) for key in BasePage.objects.filter(below).values_list("pk", flat=True)}


def _passes(restriction: PageViewRestriction, visitor: Visitor) -> bool:
    if not visitor.is_member:
        return False
    if restriction.restriction_type == PageViewRestriction.GROUPS:
        wanted = {group.pk for group in restriction.groups.all()}
        return bool(wanted & set(visitor.person.groups.values_list("pk", flat=True)))
    return bool(restriction.restriction_type == PageViewRestriction.LOGIN)

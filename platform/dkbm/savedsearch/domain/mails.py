"""What people are told of their saved searches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.enums import Level
from dkbm.notifications.kinds import Kind
from dkbm.notifications.scopes import Within
from dkbm.savedsearch.domain.queries.searches import results_path
from dkbm.savedsearch.models import SavedSearch
from dkbm.search.domain.queries.matching import Matching

NAMED = 3
"""So many hits are named, the others counted."""
LONGEST_TITLE = 90

KINDS = (
    Kind(
        "search.found",
        gettext_lazy("Neue Treffer einer gemerkten Suche"),
        gettext_lazy("Neu zu Ihrer Suche „%(title)s“"),
        sentence=gettext_lazy("Neu zu Ihrer Suche „%(title)s“: %(hits)s."),
        optional=True,
        level=Level.DAILY,
        things=lambda: SavedSearch.objects.all(),
    ),
)


def tell_found(*, search: SavedSearch, person: Recipient, hits: Sequence[Matching]) -> None:
    """By group: what a group's members alone may read is not told to whoever has left it before the mail is written."""
    by_group: dict[int | None, list[Matching]] = defaultdict(list)
    for hit in hits:
        by_group[hit.group_id].append(hit)
    for group, some in by_group.items():
        tell(
            kind="search.found",
            people=[person],
            about=search,
            scope=Within(group=group),
            path=results_path(search, newest_first=True),
            context={"title": search.name, "hits": _named(some)},
            occasion=every_time(),
        )


def _named(hits: Sequence[Matching]) -> str:
    names = ", ".join(f"„{_short(hit.title)}“" for hit in hits[:NAMED])
    if more := len(hits) - NAMED if len(hits) > NAMED else 0:
        others = ngettext("ein weiterer Treffer", "%(n)d weitere Treffer", more) % {"n": more}
        return _("%(names)s und %(others)s") % {"names": names, "others": others}
    return names


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()} …"

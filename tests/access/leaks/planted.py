"""The planted leaks: small edits of the product, each with the test that must find it.

An edit replaces one piece of text, its anchor, which stands in its file exactly once (``tests/access/test_leaks.py``).
When code moves, choose another anchor for the same mistake; the mistake is what counts, not the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

READING = "tests/access/test_reading.py::test_foreign_objects_are_never_shown[{}]"
WRITING = "tests/access/test_writing.py::test_crafted_writes_change_nothing_of_another_network[{}]"
SOCKET = "tests/access/test_sockets.py::test_frames_never_show_another_network[{}]"
TABLES = "tests/tenancy/test_row_security.py::test_sql_reaches_rows_of_the_own_network_and_none_of_another"


class AnchorError(Exception):
    """The text that a leak replaces does not stand in its file exactly once."""


@dataclass(frozen=True)
class Edit:
    """Replace ``anchor`` in ``file`` (from the root of the repository) by ``leaking``."""

    file: str
    anchor: str
    leaking: str

    def apply(self, root: Path) -> None:
        """Raises :class:`AnchorError`."""
        path = root / self.file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        if (count := text.count(self.anchor)) != 1:
            raise AnchorError(f"{self.file}: {count} times {self.anchor!r}")
        path.write_text(text.replace(self.anchor, self.leaking), encoding="utf-8")


@dataclass(frozen=True)
class Leak:
    """``caught_by``: the test that must fail; ``addresses``: what its walk has to ask for that."""

    name: str
    caught_by: str
    edits: tuple[Edit, ...]
    addresses: str = ""


LEAKS = (
    Leak(
        "a list that is kept in memory for all networks",
        READING.format("manager"),
        (
            Edit(
                "platform/dkbm/accounts/domain/queries/membership.py",
                "def open_requests() ->",
                "import functools\n\n\n@functools.cache\ndef open_requests() ->",
            ),
        ),
        "management:*",
    ),
    Leak(
        "a file that is served for its name, whoever's it is",
        READING.format("guest"),
        (
            Edit("platform/dkbm/cms/views/files.py", "if network_id != require_network().id:", "if False:"),
            Edit(
                "platform/dkbm/cms/views/files.py",
                '    stored = f"{network_id}/{name}"\n',
                '    stored = f"{network_id}/{name}"\n'
                "    if default_storage.exists(stored):\n"
                "        return StreamedFile(default_storage.open(stored), filename=PurePosixPath(stored).name)\n",
            ),
        ),
        "file*",
    ),
    Leak(
        "a field of the API that looks past the managers",
        READING.format("guest"),
        (
            Edit(
                "platform/dkbm/search/api.py",
                "class SearchResults(Schema):\n",
                'class SearchResults(Schema):\n    newest: str = ""\n',
            ),
            Edit(
                "platform/dkbm/search/api.py",
                'return {"total":',
                "from .models import SearchEntry\n\n"
                '    newest = SearchEntry._base_manager.order_by("-pk").values_list("title", flat=True).first()\n'
                '    return {"newest": newest or "", "total":',
            ),
        ),
        "api:*",
    ),
    Leak(
        "a socket that lets everybody subscribe",
        SOCKET.format("member"),
        (
            Edit(
                "forum/live.py",
                "topic is not None and bool(may_read_space(visitor, topic.space)) for",
                "True for",
            ),
        ),
    ),
    Leak(
        "a search past the managers",
        READING.format("guest"),
        (
            Edit(
                "platform/dkbm/search/domain/queries/visible.py",
                "SearchEntry.objects.filter(**{",
                "SearchEntry._base_manager.filter(**{",
            ),
            Edit(
                "platform/dkbm/search/engines/postgres.py",
                "visible.filter(one_of(found.ids))",
                "visible.filter(document=query_of(all_of(question)))",
            ),
        ),
        "search:*",
    ),
    Leak(
        "a form that offers what another network has",
        READING.format("member"),
        (Edit("forum/forms.py", "queryset=NetworkTag.objects.", "queryset=NetworkTag._base_manager."),),
        "forum:*",
    ),
    Leak(
        "a redirect that names what was not found",
        READING.format("member"),
        (
            Edit(
                "forum/views/doors.py",
                "        topic = find_topic(space, topic_id, request.visitor)\n",
                "        from django.shortcuts import redirect\n\n"
                "        from forum.models import Topic\n\n"
                "        topic = find_topic(space, topic_id, request.visitor)\n"
                "        if topic is None and (other := Topic._base_manager.filter(pk=topic_id).first()):\n"
                '            return redirect(f"/suche/?titel={other.title}")\n',
            ),
        ),
        "forum:*",
    ),
    Leak(
        "an error text that quotes another network's row",
        WRITING.format("member"),
        (
            Edit(
                "forum/forms.py",
                "    def clean_text(self) -> str:\n",
                "    def clean_text(self) -> str:\n"
                "        from dkbm.tenancy.context import bind_all\n"
                "        from forum.models import Post\n\n"
                '        with bind_all("leak"):\n'
                '            last = Post.objects.order_by("-pk").first()\n'
                "        if last:\n"
                '            raise forms.ValidationError(f"Das steht schon da: {last.text}")\n',
            ),
        ),
        "forum:*",
    ),
    # These two change what databases are made of: a new template for each.
    Leak(
        "a manager without a scope",
        READING.format("manager"),
        (
            Edit(
                "platform/dkbm/accounts/models.py",
                "class TrustedMailDomain(NetworkOwned):\n",
                "from dkbm.tenancy.managers import scoped  # noqa: E402\n\n\n"
                "class TrustedMailDomain(NetworkOwned):\n"
                "    objects = scoped(models.Manager)()\n\n",
            ),
        ),
        "management:*",
    ),
    Leak(
        "a table without a policy",
        TABLES,
        (
            Edit(
                "platform/dkbm/tenancy/row_security.py",
                "conditions = _conditions(table)",
                'conditions = {} if table.name == "forum_post" else _conditions(table)',
            ),
        ),
    ),
)

"""No path of ours is written by hand: a URL that moves is changed in one place, and one that goes is noticed.

``/`` alone stands as it is: it is where every host begins. Query strings and anchors follow a name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import get_resolver

from dkbm.cms.domain.legal_pages import LEGAL_PAGES
from dkbm.editorial.models import INDEX_SLUG
from tests.architecture.source import parsed, python_files, relative
from tests.themes.source import TEMPLATES, without_comments

BY_HAND = re.compile(
    r"""["'](?P<path>/[\w{-][^"'\s]*)["']"""  # href="/ag/…", url="/ag/"
    r"""|(?:\}\}|%\})(?P<glued>/?[\w-]+/)"""  # {{ group.url }}bearbeiten/, {{ base_url }}/forum/
    r"""|add:["'](?P<added>[^"']*/)"""  # url|add:"bearbeiten/"
)
COMPARED = "a middleware compares the beginning of a path, before anything is resolved"
EXCEPTIONS = {
    "platform/dkbm/accounts/second_factor.py": COMPARED,
    "platform/dkbm/cms/context.py": "/cms/ has a frame of its own",
    "platform/dkbm/cms/gate.py": COMPARED,
    "platform/dkbm/config/settings/__init__.py": "settings, of which URLs are made",
}


def written_by_hand(template: str) -> list[str]:
    """Own paths, and what is glued to an address, in the text of a template."""
    return [match.group() for match in BY_HAND.finditer(without_comments(template))]


def prefixes() -> set[str]:
    """First parts of all paths, of networks, of the front door and of pages that every network has."""
    of_urls = {
        str(pattern.pattern).partition("/")[0]
        for urlconf in (settings.ROOT_URLCONF, settings.FRONT_DOOR_URLCONF)
        for above in get_resolver(urlconf).url_patterns
        for pattern in ([above] if str(above.pattern) else getattr(above, "url_patterns", []))
    }
    of_pages = {INDEX_SLUG, *(slug for slug, _title, _body in LEGAL_PAGES)}
    return {part for part in of_urls if re.fullmatch(r"[\w-]+", part)} | of_pages


def own_path(text: str) -> bool:
    """Whether a literal is, begins or quotes a path of ours."""
    return bool(re.search(rf"""(?:^|["'])/(?:{"|".join(sorted(prefixes()))})(?:/|$)""", text))


def literals(path: Path) -> Iterator[str]:
    """Strings of a module, those within f-strings too, but not those that only explain."""
    tree = parsed(path)
    explaining = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
            yield node.value


def test_templates_name_urls() -> None:
    found = {
        path.relative_to(TEMPLATES).as_posix(): paths
        for path in (*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt"))
        if (paths := written_by_hand(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_path_in_a_template_is_found() -> None:
    assert written_by_hand('<a href="/ag/">') == ['"/ag/"']
    assert written_by_hand("""{% include "components/x.html" with url='/forum/' only %}""") == ["'/forum/'"]
    assert written_by_hand('<a href="{{ topic.get_absolute_url }}loeschen/">') == ["}}loeschen/"]
    assert written_by_hand("{{ base_url }}/konto/signup/") == ["}}/konto/"]
    assert written_by_hand('{{ url|add:"neu/" }}') == ['add:"neu/']
    assert written_by_hand("""<a href="/"> <a href="/#neues"> <a href="{% url 'forum:index' %}?seite=2#neu">""") == []


def test_code_names_urls() -> None:
    found = {relative(path) for path in python_files() if any(own_path(text) for text in literals(path))}
    assert found == set(EXCEPTIONS)


def test_path_in_code_is_found() -> None:
    assert {"konto", "ag", "forum", "katalog", "betrieb", "suche", "impressum"} <= prefixes()
    assert own_path("/konto/")
    assert own_path('<a href="/ag/ag1/">')
    assert not own_path("themes/base/static/")
    assert not own_path("/var/lib/")

"""House rules that all templates, styles and scripts of the theme keep."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "themes" / "base"
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
SCRIPTS = sorted((THEME / "static" / "js").glob("*.js"))
STYLES = sorted((THEME / "static").rglob("*.css"))
INLINE = re.compile(r"""\sstyle=|<style|\son[a-z]+=["']|javascript:|<script(?![^>]*\ssrc=)""")


def name(path: Path) -> str:
    return str(path.relative_to(THEME))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_has_nothing_inline_and_is_short(path):
    text = path.read_text()

    # Mail programs load no style sheet; what else a mail may hold, tests/notifications/test_mail_html.py says.
    assert path.parent.name == "mail" or not INLINE.search(text)
    assert len(text.splitlines()) <= 120
    assert 'src="http' not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_compiles(path):
    get_template(str(path.relative_to(THEME / "templates")))


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.parent.name == "components"], ids=name)
def test_component_says_what_it_takes(path):
    assert "{% comment %}" in path.read_text()


@pytest.mark.parametrize("path", SCRIPTS, ids=name)
def test_script_is_one_behaviour(path):
    text = path.read_text()

    assert text.startswith("//")
    assert len(text.splitlines()) <= 150
    assert not re.search(r"innerHTML|outerHTML|document\.write|eval\(", text)


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_style_asks_no_other_host(path):
    assert not re.search(r"@import|url\(\s*[\"']?(?:https?:|//|data:)", path.read_text())


@pytest.mark.parametrize("page", ["500.html", "503.html", "403_csrf.html", "unknown_host.html"])
def test_error_page_needs_no_context(page):
    html = get_template(page).render({})

    assert html.count("<h1>") == 1
    assert "Transfernetz" in html


def test_error_page_shows_the_id():
    assert "7f3a-22c1" in get_template("500.html").render({"error_id": "7f3a-22c1"})


def test_lock_file_names_no_address():
    assert "http" not in (ROOT / "package-lock.json").read_text()


def test_compiled_catalogue_is_the_written_one():
    folder = THEME / "locale" / "de" / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    written = dict(entries((folder / "django.po").read_text()))

    assert len(written) > 30
    assert {msgid: catalogue.gettext(msgid) for msgid in written} == written


def entries(text: str):
    for entry in text.split("\n\n")[1:]:
        msgid, msgstr = re.search(r"^msgid (.*?)^msgstr (.*)", entry, re.S | re.M).groups()
        yield tuple("".join(ast.literal_eval(line) for line in part.strip().splitlines()) for part in (msgid, msgstr))


def test_catalogue_says_sie():
    text = (THEME / "locale" / "de" / "LC_MESSAGES" / "django.po").read_text()

    assert not re.search(r"^msgstr .*\b([Dd]u|[Dd]ein\w*|dir|dich)\b", text, re.M)

import gzip
import json
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dkbm.launcher import frontend

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    """A build into an own folder, with the packages as they are installed."""
    if not (frontend.PACKAGES / ".package-lock.json").is_file():
        pytest.fail("the packages are not installed: python -m dkbm.launcher.frontend")
    folder = tmp_path_factory.mktemp("build") / "frontend"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frontend, "TARGET", folder)
        patch.setattr(frontend, "PRINTING", folder.parent / "printing")
        patch.setattr(frontend, "install_packages", lambda: None)
        assert frontend.build() is True
        assert frontend.build() is False, "the second build has nothing to do"
    return folder


def test_build_holds_what_pages_ask_for(target):
    names = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}

    assert {
        "site.css",
        "vendor/fonts/fira-sans-400.woff2",
        "vendor/fonts/fira-sans-400-italic.woff2",
        "vendor/fonts/fira-sans-500.woff2",
        "vendor/fonts/fira-sans-600.woff2",
    } <= names
    assert not [name for name in names if "axe" in name]


def test_build_is_small_and_asks_no_other_host(target):
    css = (target / "site.css").read_text()

    assert len(gzip.compress(css.encode())) < 20_000  # as it travels
    assert "data:" not in css
    assert not re.search(r"@import|url\([\"']?(?:https?:|//)", css)
    assert all(path.stat().st_size < 20_000 for path in (target / "vendor" / "fonts").iterdir())


def test_layers_are_declared_once_and_filled_in_their_order(target):
    css = (target / "site.css").read_text()
    layers = re.findall(r"^@layer ([^{;]+)", css, re.MULTILINE)

    assert layers == ["tokens, base, vendor, layout, components, print", *(f"{name} " for name in frontend.LAYERS)]
    assert (
        css.index(".kern-alert{") < css.index(".cols {") < css.index(".avatar {") < css.index("@media print {\n@page")
    )


def test_build_follows_the_classes_of_the_templates(monkeypatch):
    before = frontend.fingerprint()
    monkeypatch.setattr(frontend, "used_classes", lambda: {"kern-alert"})

    assert frontend.fingerprint() != before


def test_every_file_that_the_css_names_is_there(target):
    css = (target / "site.css").read_text()

    for address in {part.split('"')[1] for part in css.split("url(")[1:]}:
        assert (target / address).is_file()


def test_letters_of_german_and_of_neighbours_are_in_the_font(target):
    with TTFont(target / "vendor" / "fonts" / "fira-sans-400.woff2") as font:
        letters = font.getBestCmap()

    assert [letter for letter in "AZazäöüÄÖÜßẞ„“‚‘–…€§ğşłčéîñ\u00a0" if ord(letter) not in letters] == []


def test_missing_file_of_a_package_is_named(monkeypatch):
    with pytest.raises(frontend.FrontendError, match=r"node_modules/@kern-ux/native/gone\.js is missing"):
        frontend.package_path("@kern-ux/native/gone.js")


def test_failing_npm_is_told_in_a_sentence(monkeypatch, tmp_path):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'ECONNREFUSED' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setattr(frontend, "find_npm", lambda: (str(npm), tmp_path))

    with pytest.raises(frontend.FrontendError, match=r"`npm ci` failed(.|\n)*ECONNREFUSED"):
        frontend.install_packages()


def test_too_old_npm_is_not_taken(tmp_path):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 6.14.4\n")
    npm.chmod(0o755)

    assert frontend.npm_major(str(npm)) == 6


def test_fonts_of_what_is_printed_know_the_letters_of_europe(target):
    folder = target.parent / "printing"
    known = json.loads((folder / "letters.json").read_text())

    assert len(list(folder.glob("*.ttf"))) == 4
    assert [letter for letter in "AzÄßłčЖявΩ„“–€▯" if not any(low <= ord(letter) <= high for low, high in known)] == []
    with TTFont(folder / "FiraSans-Regular.ttf") as font:
        assert font.flavor is None

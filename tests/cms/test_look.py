"""Logo and colours of a network, and how others would look before they are saved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dkbm.cms.contrast import DARK_SURFACE, TEXT, contrast_ratio
from dkbm.cms.domain.look import network_look
from dkbm.cms.models import NetworkLook
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Network
from tests.factories.people import make_person
from tests.factories.publications import make_image


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize("file", ["missing", "broken"])
def test_logo_that_cannot_be_read_is_left_out(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], file: str
) -> None:
    with bind(niedersachsen):
        logo = make_image("Logo")
        NetworkLook.objects.create(site_id=Network.objects.get().site_id, logo=logo)
        if file == "missing":
            Path(logo.file.path).unlink()
        else:
            Path(logo.file.path).write_bytes(b"kein Bild")
    page = client_of(niedersachsen).get("/impressum/")
    assert page.status_code == 200
    assert f"/datei/{niedersachsen.id}/" not in page.content.decode()


@pytest.fixture
def look_form(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Callable[[str], Any]:
    """Sends the form „Aussehen“ with an accent."""
    with bind(niedersachsen):
        manager = make_person(roles=("manager",))
        path = f"/cms/settings/cms/networklook/{Network.objects.get().site_id}/"
    return lambda accent: client_of(niedersachsen, manager).post(path, {"accent": accent, "logo": ""})


@pytest.mark.parametrize(
    ("accent", "sentence"),
    [
        ("#ffcc00", "nur einen Kontrast von 1,4 : 1, nötig sind 4,5 : 1"),
        ("#ffffff", "nur einen Kontrast von 1,0 : 1"),
        ("#zzzzzz", "zum Beispiel #0b5a5e"),
        ("gelb", "zum Beispiel #0b5a5e"),
    ],
)
def test_accent_that_cannot_be_read_is_refused_with_its_contrast(
    look_form: Callable[[str], Any], niedersachsen: BoundNetwork, accent: str, sentence: str
) -> None:
    assert sentence in look_form(accent).content.decode()
    with bind(niedersachsen):
        assert not NetworkLook.objects.filter(accent=accent).exists()


def test_dark_accent_is_saved(look_form: Callable[[str], Any], niedersachsen: BoundNetwork) -> None:
    assert look_form("#7a1f5c").status_code == 302
    with bind(niedersachsen):
        assert NetworkLook.objects.get().accent == "#7a1f5c"


@pytest.mark.parametrize(("stored", "shown"), [("#ffcc00", "#856a00"), ("#zzzzzz", "#0b5a5e")])
def test_accent_saved_unchecked_is_shown_in_a_tone_that_can_be_read(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], stored: str, shown: str
) -> None:
    with bind(niedersachsen):
        NetworkLook.objects.create(site_id=Network.objects.get().site_id, accent=stored)
    assert f"--net-accent: {shown};" in client_of(niedersachsen).get("/look/x.css").content.decode()


def test_stylesheet_at_its_own_address_asks_for_nothing(
    niedersachsen: BoundNetwork,
    bayern: BoundNetwork,
    client_of: Callable[..., Client],
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    with bind(niedersachsen):
        NetworkLook.objects.create(site_id=Network.objects.get().site_id, accent="#7a1f5c")
        address = network_look().stylesheet_url
    guest, elsewhere = client_of(niedersachsen), client_of(bayern)
    guest.get("/robots.txt")
    with django_assert_num_queries(0):
        sheet = guest.get(address)
    assert "--net-accent: #7a1f5c;" in sheet.content.decode()
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
    assert sheet["Content-Type"] == "text/css"
    # An address of another release, or one that somebody made up, says the colours of the network that is asked.
    for made_up in ("7a1f5c-00000000", "zzzzzz-00000000", "7a1f5c"):
        assert "--net-accent: #0b5a5e;" in elsewhere.get(f"/look/{made_up}.css").content.decode()


PREVIEW = "/cms/aussehen/vorschau/"


@pytest.fixture
def editor(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    with bind(niedersachsen):
        return client_of(niedersachsen, make_person(roles=("manager",)))


def test_preview_shows_the_typed_accent_in_both_schemes_with_its_contrast(editor: Client) -> None:
    for answer in (editor.get(PREVIEW, {"accent": "#7A1F5C"}), editor.post(PREVIEW, {"accent": "#7a1f5c", "logo": ""})):
        page = answer.content.decode()
        assert f'href="{PREVIEW}7a1f5c.css"' in page
        assert page.count('data-scheme="') == 2
        assert "9,6 : 1" in page
        assert "zu wenig" not in page
        assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_preview_of_a_refused_accent_says_why_and_shows_the_nearest_one(editor: Client) -> None:
    page = editor.get(PREVIEW, {"accent": "#ffcc00"}).content.decode()
    assert "nur einen Kontrast von 1,4 : 1" in page
    assert f'href="{PREVIEW}856a00.css"' in page
    assert "zum Beispiel #0b5a5e" in editor.get(PREVIEW, {"accent": "<script>"}).content.decode()


@pytest.mark.parametrize("accent", ["#000000", "#0b1a2e", "#3a0000"])
def test_accent_that_only_the_dark_scheme_would_swallow_has_a_light_tone_there(editor: Client, accent: str) -> None:
    css = editor.get(f"{PREVIEW}{accent[1:]}.css").content.decode()
    light, dark = css.split('[data-scheme="dark"]')
    assert f"--net-accent: {accent};" in light
    tones = dict(re.findall(r"(--net-[a-z-]+): (#[0-9a-f]{6});", dark))
    assert contrast_ratio(tones["--net-accent"], DARK_SURFACE) >= TEXT
    assert contrast_ratio(tones["--net-accent-mid"], DARK_SURFACE) >= 2
    assert "--page: #13171c;" in dark


@pytest.mark.parametrize("colour", ["ffcc00", "0b5a5", "zzzzzz"])
def test_preview_has_no_colours_of_what_is_no_accent(editor: Client, colour: str) -> None:
    assert editor.get(f"{PREVIEW}{colour}.css").status_code == 404


@pytest.mark.usefixtures("media")
@pytest.mark.parametrize(
    ("size", "colour", "sentence"),
    [
        ((4000, 60), "navy", "(4000 × 60 Pixel) ist zu schmal für ein Logo"),
        ((60, 400), "navy", "ist zu schmal für ein Logo"),
        ((200, 60), (255, 255, 255, 255), "ist auf weißem Grund nicht zu erkennen"),
        ((200, 60), (0, 0, 0, 0), "ist auf weißem Grund nicht zu erkennen"),
        ((200, 60), "navy", ""),
    ],
)
def test_logo_is_looked_at_before_it_stands_on_every_page(
    editor: Client, niedersachsen: BoundNetwork, size: tuple[int, int], colour: Any, sentence: str
) -> None:
    with bind(niedersachsen):
        logo = make_image("Logo", size=size, colour=colour)
        path = f"/cms/settings/cms/networklook/{Network.objects.get().site_id}/"
    answer = editor.post(path, {"accent": "#0b5a5e", "logo": logo.pk})
    assert sentence in answer.content.decode()
    with bind(niedersachsen):
        assert NetworkLook.objects.filter(logo=logo).exists() == (not sentence)


def test_form_of_the_look_shows_picker_and_preview(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        path = f"/cms/settings/cms/networklook/{Network.objects.get().site_id}/"
    page = editor.get(path).content.decode()
    assert re.search(r'<input type="color" value="#0b5a5e"[^>]* hidden>', page)
    assert f'formaction="{PREVIEW}"' in page
    for name in ("colour", "look-preview"):
        assert re.search(rf'<script src="[^"]*js/{name}[^"]*\.js" type="module">', page)

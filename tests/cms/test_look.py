"""The logo on every page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dkbm.cms.models import NetworkLook
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Network
from tests.factories.people import make_person
from tests.factories.publications import make_image


@pytest.mark.parametrize("file", ["missing", "broken"])
def test_logo_that_cannot_be_read_is_left_out(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], settings: Any, tmp_path: Path, file: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
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

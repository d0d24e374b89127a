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

"""Asking for a PDF, making it, and what happens when something goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from dkbm.printing import typesetting
from dkbm.printing.documents import PictureSource
from dkbm.printing.domain import printing
from dkbm.printing.domain.printing import FAILED_FOR, MOST_TRIES, ask_for, make
from dkbm.printing.domain.retention import KEEP, LEFT_BEHIND, forget_unused, left_behind
from dkbm.printing.enums import PrintState
from dkbm.printing.errors import TypesettingFailed
from dkbm.printing.models import Printed
from dkbm.printing.serving import opened_file
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.publications import make_image
from tests.printing.samples import document

pytestmark = [pytest.mark.usefixtures("in_niedersachsen", "media")]


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Without typesetting; holds what would have been set."""
    asked: list[Any] = []

    def typeset(**given: Any) -> bytes:
        asked.append(given["data"])
        return b"%PDF-1.7 " + given["data"]["title"].encode()

    monkeypatch.setattr(printing, "typeset", typeset)
    return asked


def made(row: Printed) -> Printed:
    make(printed_id=row.pk)
    row.refresh_from_db()
    return row


def files(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*.pdf"))


def test_same_content_is_made_once(fast: list[Any], media: Path) -> None:
    first = made(ask_for(document()))
    again = made(ask_for(document()))
    assert (first.pk, first.is_ready, first.size) == (again.pk, True, 13)
    assert first.content == {}, "what it says is in the file"
    assert len(fast) == 1
    assert files(media) == [f"{first.digest}.pdf"]


def test_changed_content_takes_the_place_of_the_old_one(
    fast: list[Any], media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    first = made(ask_for(document()))
    with django_capture_on_commit_callbacks(execute=True):
        second = ask_for(document(text="Neuer Text"))
    assert (second.pk, second.is_waiting, second.digest == first.digest) == (first.pk, True, False)
    assert files(media) == []
    with made(second).file.open("rb") as opened:
        assert opened.read() == b"%PDF-1.7 Neuer Text"


def test_thing_and_audience_are_kept_apart(fast: list[Any]) -> None:
    public, members = (made(ask_for(document(f"sample:1:{audience}"))) for audience in ("public", "members"))
    assert public.pk != members.pk
    assert public.digest != members.digest


def test_what_was_asked_for_meanwhile_wins(fast: list[Any], media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ask_for(document())

    def typeset(**given: Any) -> bytes:
        ask_for(document(text="Neuer Text"))
        return b"%PDF-1.7 old"

    monkeypatch.setattr(printing, "typeset", typeset)
    assert made(row).is_waiting
    assert row.digest == document(text="Neuer Text").digest


def test_lost_file_is_made_again(fast: list[Any]) -> None:
    row = made(ask_for(document()))
    row.file.storage.delete(row.file.name)
    assert ask_for(document()).is_waiting


def test_file_that_goes_while_it_is_asked_for_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Printed(state=PrintState.READY, file="1/druck/somebody-asked-for-another-content.pdf")
    monkeypatch.setattr(Printed, "is_ready", True)
    assert opened_file(row) is None


def test_what_cannot_be_set_is_said_and_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def typeset(**given: Any) -> bytes:
        raise TypesettingFailed("no such font")

    monkeypatch.setattr(printing, "typeset", typeset)
    row = made(ask_for(document()))
    assert row.state == PrintState.FAILED
    assert caplog.records[0].error == "no such font"  # type: ignore[attr-defined]
    assert ask_for(document()).state == PrintState.FAILED
    assert ask_for(document(text="Neu")).is_waiting
    Printed.objects.update(state=PrintState.FAILED, asked=timezone.now() - FAILED_FOR)
    assert ask_for(document(text="Neu")).is_waiting


def test_document_that_kills_its_worker_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def typeset(**given: Any) -> bytes:
        raise SystemExit

    monkeypatch.setattr(printing, "typeset", typeset)
    row = ask_for(document())
    for _try in range(MOST_TRIES):
        with pytest.raises(SystemExit):
            make(printed_id=row.pk)
    assert made(row).state == PrintState.FAILED


def test_what_was_left_behind_is_found(fast: list[Any]) -> None:
    row = ask_for(document())
    assert left_behind() == []
    Printed.objects.update(asked=timezone.now() - LEFT_BEHIND)
    assert left_behind() == [row.pk]
    made(row)
    assert left_behind() == []


def test_unused_goes_and_used_stays(fast: list[Any], media: Path) -> None:
    for about in ("old", "new"):
        made(ask_for(document(about)))
    Printed.objects.filter(about="old").update(used=timezone.now() - KEEP - timedelta(days=1))
    Printed.objects.filter(about="new").update(used=timezone.now() - timedelta(days=2))
    used = ask_for(document("new"))
    assert forget_unused() == 1
    assert files(media) == [f"{used.digest}.pdf"]
    used.refresh_from_db()
    assert used.used > timezone.now() - timedelta(hours=1)


def test_pictures_are_brought_along_as_far_as_they_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, Any] = {}

    def typeset(**found: Any) -> bytes:
        given.update(found)
        return b"%PDF-1.7"

    monkeypatch.setattr(printing, "typeset", typeset)
    image = make_image(size=(2000, 1500))
    sources = {"picture": PictureSource(image.pk, image.file_hash), "logo": PictureSource(image.pk + 1, "gone")}
    made(ask_for(replace(document(), pictures=sources)))
    assert list(given["pictures"]) == ["picture.png"]
    assert Image.open(BytesIO(given["pictures"]["picture.png"])).size == (1600, 1200)


def test_networks_have_their_own(fast: list[Any], bayern: BoundNetwork, media: Path) -> None:
    row = made(ask_for(document()))
    with bind(bayern):
        other = ask_for(document())
        assert other.is_waiting
        make(printed_id=row.pk)
        assert forget_unused() == 0
        assert other.pk != row.pk
    assert files(media) == [f"{row.digest}.pdf"]


def test_asking_for_what_is_ready_takes_one_query(fast: list[Any], django_assert_num_queries: Any) -> None:
    made(ask_for(document()))
    asked = document()
    with django_assert_num_queries(1):
        ask_for(asked)


def test_fonts_that_were_not_built_are_named(settings: Any, tmp_path: Path) -> None:
    settings.PRINT_FONTS = tmp_path
    typesetting._fonts.cache_clear()
    try:
        with pytest.raises(TypesettingFailed, match=r"python -m dkbm\.launcher\.frontend"):
            typesetting._fonts()
    finally:
        typesetting._fonts.cache_clear()

"""The nightly comparison of index and data."""

from __future__ import annotations

import datetime
import logging
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from dkbm.search.domain.index import Difference, compare_index, rebuild_index
from dkbm.search.models import SearchEntry, VocabularyWord
from dkbm.search.tasks import compare_indexes, compare_network, count_words
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.catalogue import make_entry
from tests.factories.files import make_document
from tests.factories.groups import make_workgroup
from tests.factories.pages import make_page

pytestmark = pytest.mark.usefixtures("media")


def contents() -> list[tuple[Any, ...]]:
    rows = SearchEntry.objects.order_by("type", "key").values_list("type", "key", "title", "url", "body", "document")
    return list(rows)


KNOWN = ("niedersachsen", "bayern")
"""Other tests leave networks of their own in the database."""


def spoil() -> dict[str, Difference]:
    """Takes the page out, changes the document, adds a topic that is none. Returns what should be found."""
    page, document = make_page(), make_document()
    make_entry("Gespenst", key="77")
    SearchEntry.objects.filter(type="page", key=str(page.pk)).delete()
    SearchEntry.objects.filter(type="document").update(title="Falsch")
    return {
        "topic": Difference([], [], ["77"]),
        "page": Difference([str(page.pk)], [], []),
        "document": Difference([], [str(document.pk)], []),
    }


def test_differences_are_found_and_mended(in_niedersachsen: BoundNetwork) -> None:
    rebuild_index()
    expected = spoil()
    assert compare_index() == expected
    mended = contents()
    assert compare_index() == {}
    rebuild_index()
    assert contents() == mended


def test_task_looks_at_every_network_and_logs_numbers(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, caplog: pytest.LogCaptureFixture
) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            rebuild_index()
    with bind(bayern):
        spoil()
    with caplog.at_level(logging.INFO, logger="dkbm.search.tasks"):
        for network in (niedersachsen, bayern):
            with bind(network):
                compare_network()
    said = [
        (record.network, record.type, record.missing, record.outdated, record.gone)  # type: ignore[attr-defined]
        for record in caplog.records
        if record.levelname == "WARNING" and record.network in KNOWN  # type: ignore[attr-defined]
    ]
    assert said == [
        ("bayern", "topic", 0, 0, 1),
        ("bayern", "page", 1, 0, 0),
        ("bayern", "document", 0, 1, 0),
    ]
    agreeing = [record.network for record in caplog.records if record.levelname == "INFO"]  # type: ignore[attr-defined]
    assert [slug for slug in agreeing if slug in KNOWN] == ["niedersachsen"]


def test_words_are_counted_in_the_night(in_niedersachsen: BoundNetwork) -> None:
    make_page()
    rebuild_index()
    VocabularyWord.objects.all().delete()
    compare_index()
    assert not VocabularyWord.objects.exists()
    count_words()
    assert VocabularyWord.objects.get(word="").entries == SearchEntry.objects.count() > 0


def test_comparison_is_scheduled_once_a_night() -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["search index"]
    assert (entry["task"], str(entry["schedule"])) == (compare_indexes.name, "<crontab: 40 3 * * * (m/h/dM/MY/d)>")


@pytest.mark.parametrize("slug", ["niedersachsen", "bayern"])
def test_text_of_a_group_is_found_when_its_time_has_come(request: pytest.FixtureRequest, slug: str) -> None:
    with bind(request.getfixturevalue(slug)):
        group = make_workgroup(name="Bildung")
        page = group.page
        page.introduction = "Wir bauen Xylophone."
        page.go_live_at = timezone.now() - datetime.timedelta(minutes=1)
        page.save_revision(approved_go_live_at=page.go_live_at)
    call_command("publish_scheduled")
    with bind(request.getfixturevalue(slug)):
        assert "Wir bauen Xylophone." in SearchEntry.objects.get(type="workgroup", key=str(group.pk)).body
        assert compare_index().get("workgroup") is None

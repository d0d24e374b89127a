"""Saving events as the reference data describe them."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError

from dkbm.events import periods
from dkbm.events.domain.imports import import_event
from dkbm.events.domain.searching import all_entries
from dkbm.events.models import Event
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.events import make_event
from tests.factories.groups import make_group


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2017", "2017", "2017"),
        ("2016", "2018", "2016 bis 2018"),
        ("2020-09", "2020-09", "September 2020"),
        ("2020-02", "2020-03", "Februar bis März 2020"),
        ("2017-08", "2018-02", "August 2017 bis Februar 2018"),
        ("2016-11-30", "2016-11-30", "30. November 2016"),
        ("2016-11-29", "2016-11-30", "29. bis 30. November 2016"),
        ("2016-04-28", "2016-05-27", "28. April bis 27. Mai 2016"),
        ("2019-12-30", "2020-01-02", "30. Dezember 2019 bis 2. Januar 2020"),
    ],
)
def test_period_in_words(start: str, end: str, words: str) -> None:
    first, _last, precision = periods.parse(start)
    _first, last, _precision = periods.parse(end)
    assert periods.in_words(first, last, precision) == words


@pytest.mark.parametrize("text", ["17", "2017-13", "im Herbst", "", "2017-02-30"])
def test_period_that_cannot_be_read_raises(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        periods.parse(text)


def test_event_of_a_month_is_saved_with_all_that_the_source_says(in_niedersachsen: BoundNetwork) -> None:
    event = import_event(
        slug="forum-2017",
        kind="konferenz",
        title="Fachforen",
        period={"from": "2017-08", "to": "2018-02"},
        participants={"number": 300, "relation": "mehr als", "note": "Anmeldungen"},
        keynote={"title": "Netzwerke", "speaker_function": "Professorin"},
        count=3,
        source="Blickpunkt 2021",
    )
    event.refresh_from_db()
    assert (event.first_day, event.last_day) == (datetime.date(2017, 8, 1), datetime.date(2018, 2, 28))
    assert (event.precision, event.participants_number, event.count) == ("month", 300, 3)
    assert (event.keynote_title, event.keynote_speaker) == ("Netzwerke", "Professorin")


def test_saved_twice_is_the_same_as_once(in_niedersachsen: BoundNetwork) -> None:
    first = make_event(slug="zweimal")
    second = make_event(slug="zweimal")
    assert (first.pk, first.calendar_uid, second.sequence) == (second.pk, second.calendar_uid, 0)
    assert Event.objects.count() == 1
    assert second.programme.count() == 4


def test_another_place_raises_the_calendar_sequence(in_niedersachsen: BoundNetwork) -> None:
    make_event(slug="umzug")
    assert make_event(slug="umzug", place="Osnabrück").sequence == 1


def test_keys_that_are_gone_fall_back_to_nothing(in_niedersachsen: BoundNetwork) -> None:
    make_event(slug="weniger", theme="Thema", capacity=3)
    event = import_event(slug="weniger", kind="tagung", title="Weniger", date="2030-01-02")
    assert (event.theme, event.capacity, event.questions, event.programme.count()) == ("", None, [], 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"date": None},
        {"date": None, "period": {"from": "2018", "to": "2017"}},
        {"municipality": "landkreis-nirgendwo"},
        {"unbekannt": 1},
        {"registration": {"questions": [{"key": "a b", "label": "x"}]}},
        {"registration": {"questions": [{"key": "a", "label": "x", "type": "single"}]}},
        {"registration": {"questions": [{"key": "a", "label": "x", "type": "frei"}]}},
        {"registration": {"questions": [{"key": "a", "label": "x", "options_from": "mond"}]}},
        {
            "programme": [
                {"slug": "x", "starts": "9:00", "ends": "10:00", "kind": "pause", "title": "x", "farbe": "rot"}
            ]
        },
    ],
)
def test_what_cannot_be_read_saves_nothing(in_niedersachsen: BoundNetwork, wrong: dict) -> None:
    given = {"slug": "falsch", "kind": "tagung", "title": "Falsch", "date": "2030-01-02", **wrong}
    with pytest.raises(ValueError, match=r"."):
        import_event(**given)
    assert not Event.objects.exists()
    assert not SearchEntry.objects.filter(type="event").exists()


def test_path_of_the_platform_is_refused_in_a_sentence(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(ValidationError, match="„abmelden“ ist für die Plattform reserviert"):
        import_event(slug="abmelden", kind="tagung", title="X", date="2030-01-02")
    assert not Event.objects.exists()


def test_unknown_kind_is_refused(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(ValidationError):
        import_event(slug="x", kind="party", title="X", date="2030-01-02")


def test_event_stands_in_the_search_with_its_programme(in_niedersachsen: BoundNetwork) -> None:
    event = make_event("Jahrestreffen in Hannover")
    entry = SearchEntry.objects.get(type="event")
    assert (entry.key, entry.title, entry.visibility) == (str(event.pk), "Jahrestreffen in Hannover", "public")
    assert entry.url == f"/veranstaltungen/{event.slug}/"
    assert "Werkstatt ws1" in entry.body
    year = str(event.first_day.year)
    assert [(value["facet"], value["key"], value["label"]) for value in entry.facets] == [
        ("event_kind", "jahrestreffen", "Jahrestreffen"),
        ("year", year, year),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_rebuilding_the_search_takes_two_queries(
    in_niedersachsen: BoundNetwork, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make_event()
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(list(all_entries())) == rows


def test_meetings_of_groups_are_for_members(in_niedersachsen: BoundNetwork) -> None:
    group = make_group()
    event = import_event(slug="ag", kind="ag_treffen", title="AG", date="2030-01-02", workgroup=group.slug)
    assert (event.visibility, event.group_id) == ("members", group.pk)
    assert SearchEntry.objects.get(type="event").visibility == "members"


def test_each_network_has_its_own_slugs(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            make_event(slug="jahrestreffen")
            assert Event.objects.count() == 1

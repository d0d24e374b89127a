"""List, event page, calendar file, home panel: what they say, who sees them, what they cost."""

from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.html import strip_tags

from dkbm.accounts.models import Profile
from dkbm.events.domain.calendar import public_file
from dkbm.events.domain.imports import import_event
from dkbm.events.domain.queries.events import EventRow
from dkbm.events.models import Event
from dkbm.events.panels import greeting_date, next_dates, open_registrations
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.hosts import base_url
from dkbm.tenancy.visitor import visitor_of
from tests.factories.events import PROGRAMME, make_event, registered, workshop
from tests.factories.people import function_named, make_person


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def stade(db: None) -> Municipality:
    with bind_all("register of municipalities", as_owner=True):
        return Municipality.objects.create(
            slug="landkreis-stade", name="Landkreis Stade", kind="landkreis", network_slug="niedersachsen"
        )


def test_list_parts_coming_from_past(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        make_event("Das kommende Treffen")
        import_event(slug="alt", kind="auftakt", title="Der alte Auftakt", date="2017-09-05", place="Osnabrück")
    page = text_of(client_of(niedersachsen).get("/veranstaltungen/"))
    coming, past = page.split('id="vergangen"')
    assert "Das kommende Treffen" in coming
    assert "Hannover" in coming
    assert "noch 140 Plätze" in coming
    assert "Der alte Auftakt" in past
    assert "<b>5. September 2017</b>, Osnabrück" in past
    assert page.count("<h1>") == 1


def test_empty_list_says_what_comes(niedersachsen: BoundNetwork, client_of: Any) -> None:
    page = text_of(client_of(niedersachsen).get("/veranstaltungen/"))
    assert "Zurzeit steht kein Termin fest" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_more_events(
    niedersachsen: BoundNetwork, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        member = make_person()
        for number in range(rows):
            registered(make_event(f"Treffen {number}"), member)
            import_event(slug=f"alt-{number}", kind="tagung", title="Alt", date=f"2015-01-0{number + 1}")
    client = client_of(niedersachsen, member)
    client.get("/veranstaltungen/")
    with django_assert_num_queries(10):
        client.get("/veranstaltungen/")


@pytest.mark.parametrize("rows", [1, 3])
def test_event_page_takes_the_same_queries_for_more_programme(
    niedersachsen: BoundNetwork, client_of: Any, stade: Municipality, rows: int, django_assert_num_queries: Any
) -> None:
    lead = "bildungsmonitoring@landkreis-stade"
    programme = [workshop(f"ws{n}", "vormittag", lead=lead, topics=["daten"]) for n in range(1, rows + 1)]
    with bind(niedersachsen):
        event = make_event(programme=programme)
        member = make_person()
        registered(event, member)
    client = client_of(niedersachsen, member)
    client.get(event.get_absolute_url())
    with django_assert_num_queries(13):
        client.get(event.get_absolute_url())


def test_event_page_shows_programme_lead_and_seats(
    niedersachsen: BoundNetwork, client_of: Any, stade: Municipality
) -> None:
    lead = "bildungsmonitoring@landkreis-stade"
    with bind(niedersachsen):
        event = make_event(programme=[*PROGRAMME[:1], workshop("ws1", "vormittag", 2, lead=lead)])
        registered(event)
    page = text_of(client_of(niedersachsen).get(event.get_absolute_url()))
    assert "9:30–10:00" in page
    assert "Leitung: Bildungsmonitoring, Landkreis Stade" in page
    assert "1 von 2 Plätzen frei" in page
    assert "139 von 140 Plätzen frei" in page


@pytest.mark.parametrize(
    ("in_days", "sentence"),
    [
        (30, "Beschreibung und Programm stehen noch nicht fest."),
        (-30, "Eine Beschreibung gibt es zu diesem Termin nicht."),
    ],
)
def test_event_that_says_nothing_says_so(
    niedersachsen: BoundNetwork, client_of: Any, in_days: int, sentence: str
) -> None:
    with bind(niedersachsen):
        make_event(slug="leer", in_days=in_days, programme=[])
        make_event(slug="voll", in_days=in_days)
    guest = client_of(niedersachsen)
    assert sentence in text_of(guest.get("/veranstaltungen/leer/"))
    assert sentence not in text_of(guest.get("/veranstaltungen/voll/"))


def test_lead_of_the_agency_is_named(in_niedersachsen: BoundNetwork) -> None:
    from dkbm.events.domain.queries.programme import lead_lines

    assert lead_lines({"transferagentur@niedersachsen", "unbekannt@niedersachsen", "koko@nirgendwo"}) == {
        "transferagentur@niedersachsen": "Transferagentur Niedersachsen"
    }


@pytest.mark.parametrize("seen_by", ["guest", "waiting", "member", "editor", "manager", "foreign"])
def test_meeting_of_a_group_is_seen_by_members_only(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any, seen_by: str
) -> None:
    with bind(niedersachsen):
        import_event(slug="ag-treffen", kind="ag_treffen", title="Marker AG", date="2018-01-02")
        people = {
            "waiting": make_person("Wartet Noch", state=MembershipState.REQUESTED),
            "member": make_person("Ist Mitglied"),
            "editor": make_person("Ist Redaktion", roles=(Role.EDITOR,)),
            "manager": make_person("Ist Leitung", roles=(Role.MANAGER,)),
        }
    with bind(bayern):
        people["foreign"] = make_person("Aus Bayern")
    network = bayern if seen_by == "foreign" else niedersachsen
    client = client_of(network, people.get(seen_by))
    allowed = seen_by in {"member", "editor", "manager"}
    assert client.get("/veranstaltungen/ag-treffen/").status_code == (200 if allowed else 404)
    assert client.get("/veranstaltungen/ag-treffen/kalender.ics").status_code == (200 if allowed else 404)
    assert ("Marker AG" in text_of(client.get("/veranstaltungen/"))) is allowed


def test_event_of_another_network_is_not_there(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any
) -> None:
    with bind(bayern):
        event = make_event("Marker Bayern")
    with bind(niedersachsen):
        manager = make_person(roles=(Role.MANAGER,))
    for person in (None, manager):
        client = client_of(niedersachsen, person)
        assert "Marker Bayern" not in text_of(client.get("/veranstaltungen/"))
        for rest in ("", "anmelden/", "abmelden/", "kalender.ics", "teilnahme/", "teilnahme/liste.csv"):
            response = client.get(f"{event.get_absolute_url()}{rest}", follow=True)
            assert "Marker Bayern" not in text_of(response)
            if person:
                assert response.status_code == 404


@pytest.mark.parametrize(
    ("today", "sentence"),
    [
        ("2027-05-02", "Die Anmeldung beginnt am 3. Mai 2027."),
        ("2027-09-02", "Die Anmeldung endete am 1. September 2027."),
        ("2027-09-16", "Die Veranstaltung ist vorbei."),
    ],
)
def test_closed_registration_says_why(niedersachsen: BoundNetwork, client_of: Any, today: str, sentence: str) -> None:
    with time_machine.travel(f"{today}T12:00:00+02:00", tick=False):
        with bind(niedersachsen):
            event = make_event(
                date="2027-09-15", registration={"opens": "2027-05-03", "closes": "2027-09-01", "waiting_list": True}
            )
            member = make_person()
        client = client_of(niedersachsen, member)
        assert sentence in text_of(client.get(event.get_absolute_url()))
        response = client.get(f"{event.get_absolute_url()}anmelden/", follow=True)
        assert response.redirect_chain == [(event.get_absolute_url(), 302)]
        assert sentence in text_of(response)


@pytest.mark.parametrize("today", ["2027-05-03T00:00:30+02:00", "2027-09-01T23:59:30+02:00"])
def test_both_days_of_the_window_count(in_niedersachsen: BoundNetwork, today: str) -> None:
    with time_machine.travel(today, tick=False):
        event = make_event(
            date="2027-09-15", registration={"opens": "2027-05-03", "closes": "2027-09-01", "waiting_list": True}
        )
        assert registered(event, first="").is_registered


def test_calendar_file_names_time_zone_and_stays_the_same_entry(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event("Treffen; mit, Zeichen", date="2027-09-15")
    response = client_of(niedersachsen).get(f"{event.get_absolute_url()}kalender.ics")
    assert response["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["METHOD"] == "PUBLISH"
    (entry,) = calendar.walk("VEVENT")
    assert entry["UID"] == f"{event.calendar_uid}@transfernetz"
    assert str(entry["SUMMARY"]) == "Treffen; mit, Zeichen"
    assert entry["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert entry["DTSTART"].dt.isoformat() == "2027-09-15T09:30:00+02:00"
    assert entry["DTEND"].dt.isoformat() == "2027-09-15T16:30:00+02:00"
    assert str(entry["LOCATION"]) == "Tagungshaus, Hannover"
    assert str(entry["URL"]) == base_url(niedersachsen) + event.get_absolute_url()
    assert len(calendar.walk("VTIMEZONE")) == 1


def offset_by_the_files_own_rules(zone: icalendar.Timezone, moment: datetime.datetime) -> datetime.timedelta:
    """RFC 5545 3.6.5: of all changes of the clock the last one before the moment holds."""
    changes = []
    for rule in zone.subcomponents:
        assert "RRULE" not in rule
        further = rule.get("RDATE", [])
        lists = further if isinstance(further, list) else [further]
        days = [rule["DTSTART"].dt, *(each.dt for dates in lists for each in dates.dts)]
        changes += [(day, rule["TZOFFSETTO"].td) for day in days]
    return max(change for change in changes if change[0] <= moment)[1]


@pytest.mark.parametrize(
    ("day", "hours"),
    [("1951-07-01", 1), ("2027-09-15", 2), ("2027-12-01", 1), ("2037-12-01", 1), ("2038-07-01", 2), ("2099-12-31", 1)],
)
def test_calendar_file_says_how_clocks_stand_in_any_year(in_niedersachsen: BoundNetwork, day: str, hours: int) -> None:
    """Calendars go by the file's own rules, which ended with 2037."""
    calendar = icalendar.Calendar.from_ical(public_file(event=make_event(date=day)))
    (zone,), (entry,) = calendar.walk("VTIMEZONE"), calendar.walk("VEVENT")
    begins = entry["DTSTART"].dt.replace(tzinfo=None)
    assert offset_by_the_files_own_rules(zone, begins) == datetime.timedelta(hours=hours)


def test_calendar_file_of_whole_days_ends_the_day_after(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event(date=None, period={"from": "2027-09-15", "to": "2027-09-16"}, starts=None, ends=None)
    calendar = icalendar.Calendar.from_ical(
        client_of(niedersachsen).get(f"{event.get_absolute_url()}kalender.ics").content
    )
    (entry,) = calendar.walk("VEVENT")
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (datetime.date(2027, 9, 15), datetime.date(2027, 9, 17))


def test_what_has_no_day_has_no_calendar_file(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = import_event(slug="monat", kind="tagung", title="Im Mai", period={"from": "2030-05", "to": "2030-05"})
    client = client_of(niedersachsen)
    assert "kalender.ics" not in text_of(client.get(event.get_absolute_url()))
    assert client.get(f"{event.get_absolute_url()}kalender.ics").status_code == 404


def home_of(person: Any) -> Any:
    request = RequestFactory().get("/")
    request.visitor = visitor_of(person)
    return request


def dates_of(request: Any) -> list[EventRow]:
    first, others = greeting_date(request), next_dates(request)
    return [*([first["row"]] if first else []), *(others["rows"] if others else [])]


def test_home_shows_the_next_dates_and_how_one_stands_to_them(in_niedersachsen: BoundNetwork) -> None:
    member = make_person()
    events = [make_event(f"Treffen {days}", in_days=days, capacity=12) for days in (40, 20, 30, 10)]
    registered(events[3], member)
    request = home_of(member)
    assert [(row.event.title, row.note) for row in dates_of(request)] == [
        ("Treffen 10", "Hannover, Sie sind angemeldet"),
        ("Treffen 20", "Hannover, noch 12 Plätze"),
        ("Treffen 30", "Hannover, noch 12 Plätze"),
        ("Treffen 40", "Hannover, noch 12 Plätze"),
    ]
    shown = open_registrations(request)
    assert shown is not None
    assert [row.event for row in shown["rows"]] == [events[1], events[2], events[0]]


def test_called_off_date_does_not_stand_beside_the_greeting(in_niedersachsen: BoundNetwork) -> None:
    off, on = make_event("Abgesagt", in_days=5), make_event("Findet statt", in_days=10)
    Event.objects.filter(pk=off.pk).update(state="called_off")
    request = home_of(make_person())
    assert [row.event for row in dates_of(request)] == [on, off]
    assert [row.state for row in dates_of(request)] == ["", "abgesagt"]


@pytest.mark.parametrize(
    ("precision", "machine", "words"),
    [("day", "2027-09-15", "Sep 15 2027"), ("month", "2027-09", "Sep 2027"), ("year", "2027", "2027")],
)
def test_day_block_says_no_more_than_is_known(precision: str, machine: str, words: str) -> None:
    drawn = Template(f'{{% load components %}}{{% day_block day=day precision="{precision}" %}}')
    html = drawn.render(Context({"day": datetime.date(2027, 9, 15)}))
    assert f'datetime="{machine}"' in html
    assert " ".join(strip_tags(html).replace(".", "").replace("Sept", "Sep").split()) == words


def test_home_page_offers_the_annual_meeting(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event()
        member = make_person()
        Profile.objects.create(person=member, function=function_named("koko"))
    page = text_of(client_of(niedersachsen, member).get("/"))
    assert f'href="/veranstaltungen/{event.slug}/anmelden/">Anmelden: {event.title}</a>' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_home_panel_takes_the_same_queries_for_more_events(
    in_niedersachsen: BoundNetwork, rows: int, django_assert_num_queries: Any
) -> None:
    member = make_person()
    for _ in range(rows):
        make_event()
    request = home_of(member)
    with django_assert_num_queries(3):
        dates_of(request)


def test_script_in_every_field_is_shown_as_text(niedersachsen: BoundNetwork, client_of: Any) -> None:
    script = "<script>alert(1)</script>"
    with bind(niedersachsen):
        event = make_event(
            title=script, theme=script, summary=script, place=script, venue=script, note=script, source=script,
            programme=[workshop("ws1", "vormittag", title=script, summary=script, room=script, topics=[script])],
        )  # fmt: skip
        member = make_person()
    client = client_of(niedersachsen, member)
    for url in ("/", "/veranstaltungen/", event.get_absolute_url(), f"{event.get_absolute_url()}anmelden/"):
        page = client.get(url).content.decode()
        assert script not in page
        assert "&lt;script&gt;" in page


def test_event_today_is_still_coming(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(in_days=0)
    assert event.first_day == timezone.localdate()
    assert [row.event for row in dates_of(home_of(make_person()))] == [event]
    assert Event.objects.count() == 1

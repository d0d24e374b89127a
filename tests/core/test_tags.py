from datetime import UTC, date, datetime

import pytest
import time_machine
from django.template import Context, Template
from django.test import RequestFactory, override_settings

from dkbm.core.templatetags.transfernetz import minus, page_link, phone_digits, when

NOW = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)  # noon in Berlin


@pytest.fixture(autouse=True)
def noon_in_berlin():
    with override_settings(TIME_ZONE="Europe/Berlin", USE_TZ=True), time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 12, 3, 8, 12, tzinfo=UTC), "heute um 9:12"),
        (datetime(2026, 12, 2, 8, 12, tzinfo=UTC), "gestern um 9:12"),
        (datetime(2026, 12, 2, 23, 30, tzinfo=UTC), "heute um 0:30"),
        (datetime(2026, 12, 4, 8, 0, tzinfo=UTC), "morgen um 9:00"),
        (datetime(2026, 3, 1, 8, 0, tzinfo=UTC), "1. März"),
        (datetime(2025, 12, 3, 8, 0, tzinfo=UTC), "3. Dezember 2025"),
        (date(2026, 12, 3), "heute"),
        (date(2026, 12, 24), "24. Dezember"),
        (date(2027, 2, 18), "18. Februar 2027"),
    ],
)
def test_moment_as_people_say_it(moment, words):
    assert f">{words}</time>" in when(moment)


def test_exact_time_is_in_the_attributes():
    assert when(datetime(2026, 12, 2, 8, 12, tzinfo=UTC)) == (
        '<time datetime="2026-12-02T09:12+01:00" title="2. Dezember 2026, 9:12 Uhr">gestern um 9:12</time>'
    )


def test_nothing_for_no_time():
    assert when(None) == ""


def test_page_link_keeps_the_filters():
    request = RequestFactory().get("/katalog/", {"art": "Instrument", "seite": "2"})

    assert page_link(request, "seite", 3) == "?art=Instrument&seite=3"


def test_phone_number_for_dialling():
    assert phone_digits("+49 (541) 000 000-0") == "+495410000000"


@pytest.mark.parametrize(("seats", "taken", "left"), [(20, 9, 11), (20, 25, 0), (None, 3, 0)])
def test_seats_left(seats, taken, left):
    assert minus(seats, taken) == left


@pytest.mark.parametrize(
    ("context", "words"),
    [
        ({"seats": 20, "taken": 9}, "11 von 20 Plätzen frei"),
        ({"seats": 20, "taken": 19}, "1 von 20 Plätzen frei"),
        ({"seats": 20, "taken": 20, "waiting": 3}, "Ausgebucht, 3 Personen auf der Warteliste"),
        ({"seats": None, "taken": 3}, "Plätze ohne Begrenzung"),
    ],
)
def test_seats_in_a_sentence(context, words):
    html = Template("{% load components %}{% seats seats=seats taken=taken waiting=waiting %}").render(Context(context))

    assert words in " ".join(html.split())

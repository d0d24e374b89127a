"""The worker's errands: done once, found again by the sweep, never so many that they flood a mailbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dkbm.accounts import tasks
from dkbm.accounts.domain import errands
from dkbm.accounts.enums import ErrandKind
from dkbm.accounts.models import Errand, Person
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person

EMAIL = "lena@example.org"


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Away, until a test does its work."""
    monkeypatch.setattr(errands, "publish_on_commit", lambda task, errand_id: None)


def work() -> None:
    for errand_id in errands.due_errands():
        errands.run(errand_id, tasks.HANDLERS)


def test_reset_waits_for_the_worker_and_is_done_once(niedersachsen: BoundNetwork, client_of: Any, post_of: Any) -> None:
    with bind(niedersachsen):
        make_person(email=EMAIL)
    client_of(niedersachsen).post("/konto/password/reset/", {"email": EMAIL.upper()})
    with bind(niedersachsen):
        (errand_id,) = errands.due_errands()
        for _time in range(2):
            errands.run(errand_id, tasks.HANDLERS)
    assert post_of(niedersachsen).all() == [("account.password_reset", EMAIL)]


def test_stranger_who_asks_for_many_links_floods_no_mailbox(
    niedersachsen: BoundNetwork, client_of: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        make_person(email=EMAIL)
    for number in range(12):
        answer = client_of(niedersachsen, REMOTE_ADDR=f"10.0.0.{number}").post(
            "/konto/password/reset/", {"email": EMAIL}
        )
        assert answer.status_code == 302
        with bind(niedersachsen):
            work()
    with bind(niedersachsen):
        assert len(post_of(niedersachsen).all()) == errands.MOST_AN_HOUR[ErrandKind.RESET]
        with time_machine.travel(timezone.now() + timedelta(hours=2)):
            errands.leave(kind=ErrandKind.RESET, address=EMAIL)
            work()
    assert len(post_of(niedersachsen).all()) == errands.MOST_AN_HOUR[ErrandKind.RESET] + 1


def test_owner_signs_up_though_strangers_typed_the_address_many_times(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    """Strangers slow the mail down, and that is all: what waits of theirs goes."""
    most = errands.MOST_AN_HOUR[ErrandKind.SIGN_UP]
    for number in range(20):
        client = client_of(niedersachsen, REMOTE_ADDR=f"10.0.0.{number % 12}")
        client.post("/konto/signup/", form_data(first_name="Fremd"))
        with bind(niedersachsen):
            work()
    with bind(niedersachsen):
        assert Errand.objects.filter(done=None).count() == 1
    answer = client_of(niedersachsen, REMOTE_ADDR="10.9.9.9").post("/konto/signup/", form_data())
    assert answer["Location"] == "/konto/confirm-email/"
    with bind(niedersachsen):
        work()
        assert len(post_of(niedersachsen).all()) == most
        assert Errand.objects.get(done=None).details["first_name"] == "Jana"
        with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
            work()
        assert Person.objects.get().first_name == "Jana"
    assert len(post_of(niedersachsen).all()) == most + 1


def test_what_piled_up_while_the_worker_was_away_is_one_mail(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    for number in range(6):
        client_of(niedersachsen, REMOTE_ADDR=f"10.0.0.{number}").post("/konto/signup/", form_data(first_name="Fremd"))
    client_of(niedersachsen, REMOTE_ADDR="10.9.9.9").post("/konto/signup/", form_data())
    with bind(niedersachsen):
        work()
        assert Person.objects.get().first_name == "Jana"
        assert Errand.objects.count() == 1
    assert len(post_of(niedersachsen).all()) == 1


def test_mailbox_gets_three_mails_an_hour_whatever_strangers_ask(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    """Signing up, signing in before the address is verified, and a forgotten password; each finds room."""
    client: Client = client_of(niedersachsen)
    for _time in range(4):
        client.post("/konto/signup/", form_data())
        with bind(niedersachsen):
            work()
        client.post("/konto/login/", {"login": form_data()["email"], "password": form_data()["password1"]})
        with bind(niedersachsen):
            cache.clear()  # allauth's own limit of such mails
            work()
    client.post("/konto/password/reset/", {"email": form_data()["email"]})
    with bind(niedersachsen):
        work()
        assert len(post_of(niedersachsen).all()) == errands.MOST_IN_ALL == 3
        assert sorted(Errand.objects.filter(done=None).values_list("kind", flat=True)) == [
            "confirm",
            "reset",
            "sign_up",
        ]
        with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
            work()
    assert len(post_of(niedersachsen).all()) == 6


def test_errand_that_fails_is_tried_again_and_given_up_after_days(
    niedersachsen: BoundNetwork, caplog: pytest.LogCaptureFixture
) -> None:
    with bind(niedersachsen):
        errands.leave(kind=ErrandKind.SIGN_UP, address=EMAIL, details={"municipality": None})
        errand = Errand.objects.get()
        tasks.run_errand(errand_id=errand.pk)
        assert [record.getMessage() for record in caplog.records] == ["errand failed"]
        assert errands.due_errands() == []
        with time_machine.travel(timezone.now() + errands.AFTER_FAILURE):
            assert errands.due_errands() == [errand.pk]
        with time_machine.travel(timezone.now() + errands.KEPT + timedelta(minutes=1)):
            assert errands.due_errands() == []
        assert not Errand.objects.exists()


def test_what_was_typed_is_blank_once_it_is_done(niedersachsen: BoundNetwork, client_of: Any, form_data: Any) -> None:
    client_of(niedersachsen).post("/konto/signup/", form_data())
    with bind(niedersachsen):
        assert "Behrens" in str(Errand.objects.get().details)
        work()
        assert Errand.objects.get().details == {}

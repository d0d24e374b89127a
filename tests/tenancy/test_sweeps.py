"""Sweeps visit every network and the front door, and an error in one of them keeps no other waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from dkbm.notifications import tasks
from dkbm.notifications.domain.outbox import send_to_address
from dkbm.notifications.models import Mail
from dkbm.search import tasks as search_tasks
from dkbm.tenancy.context import BoundNetwork, bind, require_network
from dkbm.tenancy.hosts import SweepFailed, platform, sweep
from dkbm.tenancy.management.commands import publish_scheduled


def test_error_in_one_network_keeps_no_other_waiting(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    visited = []

    def work(network: BoundNetwork) -> None:
        visited.append(require_network().slug)
        if network == niedersachsen:
            raise ValueError("kaputt")

    with pytest.raises(SweepFailed, match=r"^niedersachsen$"):
        sweep([niedersachsen, bayern], work)
    assert visited == ["niedersachsen", "bayern"]


def known(slugs: list[str]) -> list[str]:
    """Without the networks that other tests have left in the database."""
    return [slug for slug in slugs if slug in {"plattform", "niedersachsen", "bayern"}]


def test_command_names_the_networks_in_which_it_failed(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited = []

    def handle(self: Any, *args: Any, **options: Any) -> None:
        visited.append(require_network().slug)
        if require_network() == niedersachsen:
            raise ValueError("kaputt")

    monkeypatch.setattr(publish_scheduled.Command, "handle", handle)
    with pytest.raises(CommandError) as failure:
        call_command("publish_scheduled")
    assert str(failure.value) == "Fehlgeschlagen in: niedersachsen. Die Gründe stehen im Protokoll."
    assert known(visited) == ["niedersachsen", "bayern"]


def test_index_of_each_network_is_compared_by_itself(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, list[str]] = {}
    for name in ("compare_network", "count_words", "compare_server"):
        here = asked.setdefault(name, [])
        monkeypatch.setattr(
            getattr(search_tasks, name), "apply_async", lambda expires, here=here: here.append(require_network().slug)
        )
    search_tasks.compare_indexes()
    assert known(asked["compare_network"]) == known(asked["count_words"]) == ["niedersachsen", "bayern"]
    assert asked["compare_server"] == []


def test_waiting_mails_of_front_door_and_networks_are_sent(
    niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    monkeypatch.setattr(tasks.send_mails, "apply_async", lambda kwargs, expires: sent.append(_sender(kwargs)))
    for network in (platform(), niedersachsen):
        with bind(network):
            send_to_address(
                kind="account.changed", email="a@example.org", path="/", context={"what": "", "to_email": ""}
            )
    tasks.sweep_mails()
    assert known(sent) == ["plattform", "niedersachsen"]


def _sender(kwargs: dict[str, list[int]]) -> str:
    """The bound network, to which the mail has to belong."""
    return require_network().slug if Mail.objects.filter(pk__in=kwargs["mail_ids"]).exists() else "foreign"


def test_old_sessions_of_front_door_and_networks_are_removed(niedersachsen: BoundNetwork) -> None:
    both = (platform(), niedersachsen)
    for network in both:
        with bind(network):
            for key, days in (("old", -1), ("new", 1)):
                date = timezone.now() + timedelta(days=days)
                Session.objects.create(session_key=f"{network.slug}-{key}", session_data="", expire_date=date)
    call_command("clearsessions")
    left = []
    for network in both:
        with bind(network):
            left += Session.objects.filter(session_key__startswith=network.slug).values_list("session_key", flat=True)
    assert left == ["plattform-new", "niedersachsen-new"]

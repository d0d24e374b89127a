"""The same message by two ways, and the same task on two workers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from dkbm.inbound.domain.mails import MOST_A_DAY
from dkbm.inbound.domain.processing import process
from dkbm.inbound.enums import Door
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.message import bounce_address
from dkbm.notifications.models import DeadAddress
from dkbm.tenancy.context import BoundNetwork, bind
from tests.inbound.scene import Scene, plain


def at_once(network: BoundNetwork, job: Callable[..., Any], *arguments: Any) -> list[Any]:
    """``job`` with each of the arguments, each in a thread and a connection of its own."""

    def run(argument: Any) -> Any:
        try:
            with bind(network):
                return job(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def test_message_that_comes_twice_at_once_is_one_post(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        scene = Scene()
        raw = plain(scene, "Ja, gern.", message_id="zweimal")
    assert at_once(committed_network, scene.receive, raw, raw, raw, raw) == [Door.TAKEN] * 4
    with bind(committed_network):
        row = IncomingMail.objects.get()
    at_once(committed_network, process, row.pk, row.pk, row.pk, row.pk)
    with bind(committed_network):
        assert scene.posts() == ["Ja, gern."]


def test_many_at_once_are_answered_a_few_times(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        scene = Scene()
        for number in range(MOST_A_DAY + 3):
            scene.receive(plain(scene, f"> Zitat {number}"))
        rows = list(IncomingMail.objects.values_list("pk", flat=True))
    at_once(committed_network, process, *rows)
    with bind(committed_network):
        assert len(scene.answers()) == MOST_A_DAY


def test_notes_at_once_are_all_counted(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        scene = Scene()
        for _ in range(4):
            mail = scene.mail()
            raw = scene.raw("rueck-postfix-unbekannt", mail=mail).replace(b"<rueck-", f"<{mail.pk}-".encode())
            scene.receive(raw, to=bounce_address())
        rows = list(IncomingMail.objects.values_list("pk", flat=True))
    at_once(committed_network, process, *rows)
    with bind(committed_network):
        assert DeadAddress.objects.get().bounces == 4

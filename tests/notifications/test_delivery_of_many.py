"""Many mails over one link: each as safe as one alone, and nobody waits behind them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone

from dkbm.config.settings.environment import MailRate
from dkbm.notifications import tasks
from dkbm.notifications.domain import delivery, rates
from dkbm.notifications.domain.delivery import deliver, deliver_all
from dkbm.notifications.domain.outbox import send_to_address
from dkbm.notifications.enums import MailState
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork
from tests.notifications.mail_server import Sink


@pytest.fixture(autouse=True)
def _network(in_niedersachsen: BoundNetwork) -> None:
    pass


@pytest.fixture
def links(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The links over which mails came."""
    seen: set[int] = set()
    accept = sink.handle_DATA

    async def note(server: SMTP, session: Session, envelope: Envelope) -> str:
        seen.add(session.peer[1])  # type: ignore[index]
        return await accept(server, session, envelope)

    monkeypatch.setattr(sink, "handle_DATA", note)
    return seen


@pytest.fixture
def limited(settings: Any) -> str:
    """A domain whose rate no other test counts."""
    domain = f"d{time.monotonic_ns()}.example.org"
    settings.MAIL_DOMAIN_RATES = {domain: MailRate(2, 3600)}
    return domain


def queued(count: int, domain: str = "example.org") -> list[int]:
    return [
        send_to_address(kind="probe.told", email=f"gast{number}@{domain}", path="/", context={"title": str(number)}).pk
        for number in range(count)
    ]


def states() -> list[tuple[str, int]]:
    return list(Mail.objects.order_by("pk").values_list("state", "attempts"))


def subjects(sink: Sink) -> list[str]:
    return [message["Subject"].removeprefix("Neue Antwort: ") for message in sink.accepted]


def test_many_share_a_link(probe: Kind, sink: Sink, links: set[int]) -> None:
    assert deliver_all(mail_ids=queued(5)) == []
    assert subjects(sink) == ["0", "1", "2", "3", "4"]
    assert len(links) == 1
    assert states() == [(MailState.SENT, 1)] * 5


def test_link_that_breaks_fails_the_mail_at_hand_alone(probe: Kind, sink: Sink, links: set[int]) -> None:
    sink.answers = ["hang up"]
    deliver_all(mail_ids=queued(3))
    assert subjects(sink) == ["1", "2"]
    assert len(links) == 2
    assert states() == [(MailState.QUEUED, 1), (MailState.SENT, 1), (MailState.SENT, 1)]


def test_refused_mail_fails_alone(probe: Kind, sink: Sink) -> None:
    sink.recipient_answers = ["250 OK", "550 5.1.1 Unbekannt", "450 4.2.0 Greylisted"]
    ids = queued(4)
    deliver_all(mail_ids=ids[1:])
    assert [state for state, _attempts in states()] == [
        MailState.QUEUED,
        MailState.FAILED,
        MailState.FAILED,
        MailState.QUEUED,
    ]


def test_server_that_is_away_costs_one_mail_an_attempt(probe: Kind, no_mail_server: None) -> None:
    assert deliver_all(mail_ids=queued(4)) == []
    assert states() == [(MailState.QUEUED, 1)] + [(MailState.QUEUED, 0)] * 3


def test_server_that_breaks_every_link_is_let_be(probe: Kind, sink: Sink) -> None:
    sink.answers = ["hang up"] * 9
    deliver_all(mail_ids=queued(6))
    assert [attempts for _state, attempts in states()] == [1, 1, 1, 0, 0, 0]


def test_batch_ends_in_time_and_names_what_is_left(probe: Kind, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "BATCH_SECONDS", 0.0)
    ids = queued(3)
    assert deliver_all(mail_ids=ids) == ids[1:]
    assert states() == [(MailState.SENT, 1), (MailState.QUEUED, 0), (MailState.QUEUED, 0)]


def test_what_is_above_the_rate_waits_without_an_attempt(
    probe_of: Callable[..., Kind], sink: Sink, limited: str
) -> None:
    probe_of(optional=True)
    ids = queued(5, limited) + queued(1)
    assert deliver_all(mail_ids=ids) == []
    assert len(sink.accepted) == 3
    waiting = Mail.objects.filter(state=MailState.QUEUED).order_by("pk")
    assert [mail.attempts for mail in waiting] == [0, 0, 0]
    turns = [mail.next_try for mail in waiting]
    assert turns[0] == turns[1] > timezone.now()
    assert (turns[2] - turns[1]).total_seconds() == 3600


def test_rate_holds_for_all_batches_together(probe_of: Callable[..., Kind], sink: Sink, limited: str) -> None:
    probe_of(optional=True)
    for mail_id in queued(3, limited):
        deliver(mail_id=mail_id)
    assert len(sink.accepted) == 2


def test_what_cannot_be_switched_off_counts_but_does_not_wait(probe: Kind, sink: Sink, limited: str) -> None:
    for mail_id in queued(3, limited):
        deliver(mail_id=mail_id)
    assert len(sink.accepted) == 3
    assert rates.take(limited, 1) == 0


def test_without_redis_mails_go_out(limited: str, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert rates.take(limited, 7) == 7


def test_many_go_in_batches_behind_single_ones(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    sent: list[list[int]] = []
    monkeypatch.setattr(tasks.send_batch, "apply_async", lambda kwargs, expires=None: sent.append(kwargs["mail_ids"]))
    tasks.send_mails(mail_ids=list(range(250)))
    assert [len(ids) for ids in sent] == [100, 100, 50]
    routes = settings.CELERY_TASK_ROUTES
    assert tasks.send_mail.name not in routes
    assert routes[tasks.send_mails.name]["priority"] < routes[tasks.send_batch.name]["priority"]


def test_sweep_sends_first_what_somebody_waits_for(
    probe_of: Callable[..., Kind], in_niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    urgent = [
        send_to_address(
            kind="account.changed", email="a@example.org", path="/", context={"what": "", "to_email": ""}
        ).pk
    ]
    probe_of(optional=True)
    patient = queued(2)
    sent: list[tuple[str, list[int]]] = []
    for task in (tasks.send_batch, tasks.send_mails):
        monkeypatch.setattr(
            task, "apply_async", lambda kwargs, expires, name=task.name: sent.append((name, kwargs["mail_ids"]))
        )
    tasks._send_due(in_niedersachsen)
    assert sent == [("notifications.send_mails", urgent), ("notifications.send_batch", patient)]

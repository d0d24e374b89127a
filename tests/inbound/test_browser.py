"""Both ways through real mail servers: a mail leaves, is answered, and the post appears while somebody else reads."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from playwright.sync_api import BrowserContext, expect

from dkbm.config.asgi import application
from dkbm.inbound.domain.processing import process
from dkbm.inbound.enums import Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.delivery import deliver
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork
from tests.factories.forum import answer
from tests.factories.people import make_person
from tests.forum.thread_in_browser import Thread, opened
from tests.inbound.mail_server import listening, send
from tests.live.browsing import browsing, serving
from tests.notifications.mail_server import Sink
from tests.redis_process import RedisProcess
from tests.waiting import until


@pytest.fixture
def thread(committed_network: BoundNetwork) -> Thread:
    return Thread(committed_network, posts=1)


@pytest.fixture
def context(thread: Thread, client_of: Any, redis_server: RedisProcess) -> Iterator[BrowserContext]:
    """The browser of somebody who only reads."""
    client = client_of(thread.network, thread.reader)
    with (
        serving(ASGIStaticFilesHandler(application)) as server,
        browsing(server, thread.network, client) as made,
    ):
        yield made


def reply_to(mail: EmailMessage, text: str) -> EmailMessage:
    """What a mail program makes of it."""
    reply = EmailMessage()
    reply["From"], reply["To"] = str(mail["To"]), str(mail["Reply-To"])
    reply["Subject"], reply["In-Reply-To"] = f"AW: {mail['Subject']}", mail["Message-ID"]
    body = mail.get_body(("plain",))
    assert body is not None
    quote = "\n".join(f"> {line}" for line in body.get_content().splitlines())
    reply.set_content(f"{text}\n\nViele Grüße\nCarla\n\nAm 03.05.27 um 10:12 schrieb {mail['From']}:\n{quote}\n")
    return reply


def test_answer_from_the_mailbox_appears_live_for_another_member(
    context: BrowserContext, thread: Thread, sink: Sink
) -> None:
    person = thread.do(lambda: make_person("Carla Cuxhaven"))
    thread.do(lambda: answer(thread.topic, person, "Das wüsste ich auch gern.", announce=False))
    thread.write("Hat jemand inzwischen ein Muster?")
    thread.do(lambda: deliver(mail_id=Mail.objects.get(recipient=person).pk))
    (mail,) = sink.accepted

    page = opened(context, thread)
    reply = reply_to(mail, "Ja, vom Jobcenter in Cuxhaven.")
    with listening() as port:
        send(port, bytes(reply), sender=person.email, to=str(mail["Reply-To"]))
    row = until(lambda: thread.do(lambda: IncomingMail.objects.first()))
    thread.do(lambda: process(row.pk))
    assert thread.do(lambda: IncomingMail.objects.values_list("outcome", "reason").get()) == (Outcome.PUBLISHED, "")

    page.locator("[data-show-posts]").click()  # where the end is not on the screen new posts wait for a click
    last = page.locator("article").last
    expect(last).to_contain_text("Ja, vom Jobcenter in Cuxhaven.")
    expect(last).to_contain_text("Carla Cuxhaven")
    expect(last).not_to_contain_text("Viele Grüße")
    expect(page.locator("article")).to_have_count(4)

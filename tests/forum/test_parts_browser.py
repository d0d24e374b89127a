"""parts.js and live-act.js in a real browser: closing keeps what was typed, forms go over the socket, or by POST."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from dkbm.accounts.models import Person
from dkbm.config.asgi import application
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from forum.domain.topics import close_topic, reopen_topic
from tests.factories.forum import answer
from tests.forum.thread_in_browser import Thread, opened
from tests.live.browsing import browsing, serving, signed_in
from tests.redis_process import RedisProcess

CLOSED = "Dieses Thema ist abgeschlossen. Es nimmt keine Antworten mehr an."
TYPED = "Bei uns ist das anders:\nWir haben"


class Question(Thread):
    """A question with an answer of the reader, and what the asker does with it."""

    def __init__(self, network: BoundNetwork) -> None:
        super().__init__(network, posts=1, is_question=True)
        self.answer = self.do(lambda: answer(self.topic, self.reader, "Ja, seit 2024."))

    def close(self) -> None:
        self.do(lambda: close_topic(topic=self.topic, visitor=visitor_of(self.writer)))

    def reopen(self) -> None:
        self.do(lambda: reopen_topic(topic=self.topic, visitor=visitor_of(self.writer)))


@pytest.fixture
def question(committed_network: BoundNetwork) -> Question:
    return Question(committed_network)


@pytest.fixture
def as_person(
    question: Question, client_of: Any, redis_server: RedisProcess
) -> Iterator[Callable[[Person], BrowserContext]]:
    """``as_person(person)``: their browser."""
    clients = {person: client_of(question.network, person) for person in (question.reader, question.writer)}
    with (
        serving(ASGIStaticFilesHandler(application)) as server,
        browsing(server, question.network, clients[question.reader]) as first,
    ):
        browser = first.browser
        assert browser is not None
        yield lambda person: signed_in(browser, server, question.network, clients[person])


@pytest.fixture
def page(question: Question, as_person: Callable[[Person], BrowserContext]) -> Page:
    """The reader's."""
    return opened(as_person(question.reader), question)


def test_closing_leaves_what_somebody_writes_to_them(page: Page, question: Question) -> None:
    field, state = page.locator(".write textarea"), page.locator("[data-parts-state]")
    field.fill(TYPED)
    page.keyboard.press("Home")
    question.close()
    expect(page.locator(".write")).to_contain_text(CLOSED)
    expect(page.locator(".write")).to_contain_text("Ihr Text ist nicht verloren: Er steht hier zum Kopieren.")
    expect(page.locator(".write form")).to_have_count(0)
    expect(field).to_have_value(TYPED)
    expect(field).to_be_visible()
    expect(field).not_to_be_editable()
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionStart") == len(TYPED.split("\n")[0]) + 1
    expect(page.get_by_role("textbox", name="Ihr Text")).to_have_count(1)
    expect(state).to_have_text("Dieses Thema wurde abgeschlossen.")
    expect(page.locator("[data-part^='state:']")).to_contain_text("abgeschlossen")
    for link in ("Antworten", "Zitieren", "Bearbeiten"):
        expect(page.get_by_role("link", name=link)).to_have_count(0)

    question.reopen()
    expect(page.locator(".write form")).to_be_visible()
    expect(field).to_have_value(TYPED)
    expect(field).to_be_editable()
    expect(field).to_be_focused()
    expect(state).to_have_text("Dieses Thema ist wieder offen.")
    expect(page.get_by_role("link", name="Bearbeiten")).to_have_count(1)
    field.fill(f"{TYPED} das so.")
    expect(page.locator(".draft-state")).to_contain_text("Entwurf auf diesem Gerät gespeichert")
    page.get_by_role("button", name="Antwort veröffentlichen").click()
    expect(page.locator("article").last).to_contain_text("das so.")


def test_buttons_set_the_marks_also_in_a_form_that_was_replaced(page: Page, question: Question) -> None:
    field = page.locator(".write textarea")
    question.close()
    expect(page.locator(".write form")).to_have_count(0)
    question.reopen()
    field.fill("Davor\nEins\nZwei")
    field.evaluate("field => field.setSelectionRange(6, 15)")
    page.get_by_role("button", name="Liste").click()
    expect(field).to_have_value("Davor\n\n- Eins\n- Zwei")
    page.keyboard.press("ControlOrMeta+z")
    expect(field).to_have_value("Davor\nEins\nZwei")
    field.evaluate("field => field.setSelectionRange(11, 16)")
    page.get_by_role("button", name="Fett").click()
    page.get_by_role("button", name="Link").click()
    expect(field).to_have_value("Davor\nEins\n**[Zwei](https://)**")


def test_closing_says_why_there_is_no_form(page: Page, question: Question) -> None:
    question.close()
    expect(page.locator(".write")).to_contain_text(CLOSED)
    expect(page.locator(".write textarea")).to_have_count(0)
    expect(page.locator("[data-kept]")).to_be_hidden()


def test_who_heard_nothing_of_the_closing_catches_up(
    page: Page, question: Question, redis_server: RedisProcess
) -> None:
    page.locator(".write textarea").fill(TYPED)
    redis_server.kill()
    expect(page.locator("[data-live-state]")).to_be_visible(timeout=60_000)
    question.close()
    expect(page.locator(".write form")).to_have_count(1)
    redis_server.start()
    expect(page.locator(".write")).to_contain_text(CLOSED, timeout=60_000)
    expect(page.locator(".write textarea")).to_have_value(TYPED)
    expect(page.locator("[data-parts-state]")).to_have_text("Dieses Thema wurde abgeschlossen.")


def posts_of(page: Page) -> list[str]:
    """Addresses of forms that the page sends from now on."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/aktion/") else None)
    return sent


def test_answer_is_marked_over_the_socket_and_others_see_it(
    page: Page, question: Question, as_person: Callable[[Person], BrowserContext]
) -> None:
    asking = opened(as_person(question.writer), question)
    sent = posts_of(asking)
    helpful = asking.locator("article").last
    helpful.get_by_role("button", name="Hat geholfen").click()
    expect(helpful.get_by_role("button", name="„Hat geholfen“ zurücknehmen")).to_be_visible()
    expect(helpful).to_be_focused()
    for shown in (asking, page):
        expect(shown.locator("article.answer")).to_contain_text("Ja, seit 2024.")
        expect(shown.locator("[data-part^='state:']")).to_contain_text("beantwortet")
    expect(page.get_by_role("link", name="Bearbeiten")).to_have_count(1)
    helpful.get_by_role("button", name="„Hat geholfen“ zurücknehmen").click()
    expect(page.locator("article.answer")).to_have_count(0)
    expect(asking.locator("article.answer")).to_have_count(0)
    assert sent == []


def test_refusal_stands_below_the_button(question: Question, as_person: Callable[[Person], BrowserContext]) -> None:
    asking = opened(as_person(question.writer), question)
    sent = posts_of(asking)
    form = asking.locator("article").last.locator("form").filter(has_text="Hat geholfen")
    form.locator("[name=beitrag]").evaluate("field => { field.value = '999999999'; }")
    form.get_by_role("button").click()
    expect(form.get_by_role("alert")).to_have_text("Diesen Beitrag gibt es in diesem Thema nicht.")
    assert sent == []


def drops_actions(socket: WebSocketRoute) -> None:
    """The connection breaks at the first action."""
    server = socket.connect_to_server()
    socket.on_message(lambda text: socket.close() if '"act"' in str(text) else server.send(text))


@pytest.mark.parametrize("breaks", [drops_actions, lambda socket: socket.close()], ids=["while-sending", "before"])
def test_form_goes_by_post_where_the_socket_is_gone(
    question: Question, as_person: Callable[[Person], BrowserContext], breaks: Callable[[WebSocketRoute], None]
) -> None:
    context = as_person(question.writer)
    context.route_web_socket("**/ws/", breaks)
    asking = context.new_page()
    asking.goto(question.url)
    asking.wait_for_load_state("networkidle")
    sent = posts_of(asking)
    asking.locator("article").last.get_by_role("button", name="Hat geholfen").click()
    expect(asking.locator("article.answer")).to_contain_text("Ja, seit 2024.")
    assert len(sent) == 1


@pytest.fixture
def unanswered(committed_network: BoundNetwork) -> Thread:
    return Thread(committed_network, posts=1, is_question=True)


@pytest.mark.parametrize("own", [False, True])
def test_reply_that_arrives_is_counted_above(
    unanswered: Thread, client_of: Any, redis_server: RedisProcess, own: bool
) -> None:
    here, there = (unanswered.writer, unanswered.reader) if own else (unanswered.reader, unanswered.writer)
    with (
        serving(ASGIStaticFilesHandler(application)) as server,
        browsing(server, unanswered.network, client_of(unanswered.network, here)) as context,
    ):
        page = opened(context, unanswered)
        state, news = page.locator("[data-part^='state:']"), page.locator(".me .news")
        expect(state).to_have_text("Frage offen 1 Beitrag")
        unanswered.do(lambda: answer(unanswered.topic, there, "Ja, seit 2024."))
        expect(state).to_have_text("Frage offen 2 Beiträge")
        if own:  # to the other one the question was new as well
            expect(news).to_have_text("1 Neuigkeit")
        page.locator("article").last.scroll_into_view_if_needed()
        expect(news).to_have_text("Nichts Neues")


def test_draft_is_there_in_a_closed_topic_after_reloading(page: Page, question: Question) -> None:
    page.locator(".write textarea").fill(TYPED)
    expect(page.locator(".draft-state")).to_contain_text("Entwurf auf diesem Gerät gespeichert")
    question.close()
    expect(page.locator(".write")).to_contain_text(CLOSED)
    page.reload()
    field = page.get_by_role("textbox", name="Ihr Text")
    expect(field).to_have_value(TYPED)
    expect(field).not_to_be_editable()
    expect(page.locator(".write")).to_contain_text("Ihr Text ist nicht verloren: Er steht hier zum Kopieren.")
    page.get_by_role("button", name="Entwurf verwerfen").click()
    page.reload()
    expect(page.locator(".write")).to_contain_text(CLOSED)
    expect(page.locator(".write textarea")).to_have_count(0)


def test_draft_that_stands_in_two_tabs_is_sent_once(page: Page, question: Question) -> None:
    page.locator(".write textarea").fill(TYPED)
    expect(page.locator(".draft-state")).to_contain_text("Entwurf auf diesem Gerät gespeichert")
    second = opened(page.context, question)
    expect(second.locator(".write textarea")).to_have_value(TYPED)
    page.get_by_role("button", name="Antwort veröffentlichen").click()
    expect(page.locator("article")).to_have_count(3)
    question.write("Danke!")
    second.get_by_role("button", name="Antwort veröffentlichen").click()
    expect(second.locator("article")).to_have_count(4)
    assert question.do(lambda: question.topic.posts.count()) == 4

"""forum-topic.js in a real browser, on a topic of two pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from django.db import connection
from playwright.sync_api import BrowserContext, Page, expect

from dkbm.config.asgi import application
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import edit_post
from forum.models import Post, ReadState, Topic
from tests.factories.forum import answer, make_topic
from tests.factories.people import make_person
from tests.live.browsing import browsing, serving
from tests.redis_process import RedisProcess
from tests.waiting import until

POSTS = 71
T = TypeVar("T")


class Thread:
    """A committed topic of 71 posts by one person, and another one who reads."""

    def __init__(self, network: BoundNetwork) -> None:
        self.network = network
        with bind(network):
            self.writer, self.reader = make_person("Anna Verden"), make_person("Bernd Oldenburg")
            topic = make_topic(self.writer)
            self.topic = Topic.objects.select_related("space__workgroup").get(pk=topic.pk)
            for number in range(2, POSTS + 1):
                answer(self.topic, self.writer, f"Beitrag {number}", announce=False)
        self.url = self.topic.get_absolute_url()

    def do(self, job: Callable[[], T]) -> T:
        """Elsewhere, as by somebody else: this thread belongs to the browser."""

        def run() -> T:
            try:
                with bind(self.network):
                    return job()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(run).result()

    def post(self, number: int) -> Post:
        return self.do(lambda: self.topic.posts.get(number=number))

    def write(self, text: str) -> Post:
        return self.do(lambda: answer(self.topic, self.writer, text))

    def edit(self, number: int, text: str) -> None:
        post = self.post(number)
        self.do(lambda: edit_post(post=post, visitor=visitor_of(self.writer), text=text))

    def read_up_to(self) -> int:
        return self.do(lambda: ReadState.objects.get(person=self.reader, topic=self.topic).last_post_id)


@pytest.fixture
def thread(committed_network: BoundNetwork) -> Thread:
    return Thread(committed_network)


@pytest.fixture
def context(thread: Thread, client_of: Any, redis_server: RedisProcess) -> Iterator[BrowserContext]:
    """The browser of the reader."""
    client = client_of(thread.network, thread.reader)
    with (
        serving(ASGIStaticFilesHandler(application)) as server,
        browsing(server, thread.network, client) as made,
    ):
        yield made


def opened(context: BrowserContext, thread: Thread, number: int) -> Page:
    """That page of the topic, when it has asked what it missed."""
    page = context.new_page()
    with page.expect_response("**/beitraege/?*") as answered:
        page.goto(f"{thread.url}?seite={number}")
    answered.value.finished()
    return page


def has_taken_in(page: Page, thread: Thread) -> None:
    """The page has heard of everything before this post."""
    thread.edit(POSTS, "Hier geändert")
    expect(page.locator("article").last.locator(".text")).to_have_text("Hier geändert")


def test_first_page_offers_only_what_was_written_since(context: BrowserContext, thread: Thread) -> None:
    page = opened(context, thread, 1)
    button, state = page.locator("[data-show-posts]"), page.locator("[data-posts-state]")
    thread.edit(60, "Auf der zweiten Seite geändert")
    thread.edit(2, "Hier geändert")
    expect(page.locator("article").nth(1).locator(".text")).to_have_text("Hier geändert")
    expect(button).to_be_hidden()
    expect(state).to_have_text("")
    expect(page.locator("article")).to_have_count(50)

    post = thread.write("Wirklich neu")
    expect(button).to_have_text("1 neuen Beitrag auf der letzten Seite anzeigen")
    expect(state).to_have_text("Ein neuer Beitrag ist da.")
    assert thread.read_up_to() == thread.post(50).pk
    button.click()
    expect(page).to_have_url(re.compile(rf"\?seite=2#beitrag-{post.pk}$"))
    expect(page.locator("article")).to_have_count(22)


def test_last_page_takes_in_its_own_posts_alone(context: BrowserContext, thread: Thread) -> None:
    page = opened(context, thread, 2)
    thread.edit(3, "Auf der ersten Seite geändert")
    has_taken_in(page, thread)
    expect(page.locator("article")).to_have_count(21)
    expect(page.locator("[data-show-posts]")).to_be_hidden()


def test_waiting_posts_are_read_when_they_are_shown(context: BrowserContext, thread: Thread) -> None:
    page = opened(context, thread, 2)
    first = thread.write("Wartet")
    expect(page.locator("[data-show-posts]")).to_have_text("1 neuen Beitrag anzeigen")
    page.locator("article").last.scroll_into_view_if_needed()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    second = thread.write("Wartet auch, obwohl das Ende zu sehen ist")
    button = page.locator("[data-show-posts]")
    expect(button).to_have_text("2 neue Beiträge anzeigen")
    assert thread.read_up_to() == thread.post(POSTS).pk
    button.click()
    expect(page.locator("article")).to_have_count(23)
    assert (first.pk, second.pk) == (thread.post(72).pk, thread.post(73).pk)
    until(lambda: thread.read_up_to() == second.pk)

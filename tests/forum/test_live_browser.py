"""forum-topic.js and forum-read.js in a real browser, on a topic of two pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler
from playwright.sync_api import BrowserContext, Page, expect

from dkbm.config.asgi import application
from dkbm.tenancy.context import BoundNetwork
from tests.forum.thread_in_browser import Thread, opened
from tests.live.browsing import browsing, serving
from tests.redis_process import RedisProcess
from tests.waiting import until

POSTS = 71


@pytest.fixture
def thread(committed_network: BoundNetwork) -> Thread:
    return Thread(committed_network, posts=POSTS)


@pytest.fixture
def context(thread: Thread, client_of: Any, redis_server: RedisProcess) -> Iterator[BrowserContext]:
    """The browser of the reader."""
    client = client_of(thread.network, thread.reader)
    with (
        serving(ASGIStaticFilesHandler(application)) as server,
        browsing(server, thread.network, client) as made,
    ):
        yield made


def has_taken_in(page: Page, thread: Thread) -> None:
    """The page has heard of everything before this post."""
    thread.edit(POSTS, "Hier geändert")
    expect(page.locator("article").last.locator(".text")).to_have_text("Hier geändert")


def test_first_page_offers_only_what_was_written_since(context: BrowserContext, thread: Thread) -> None:
    page = opened(context, thread, 1)
    button, state = page.locator("[data-show-posts]"), page.locator("[data-parts-state]")
    thread.edit(60, "Auf der zweiten Seite geändert")
    thread.edit(2, "Hier geändert")
    expect(page.locator("article").nth(1).locator(".text")).to_have_text("Hier geändert")
    expect(button).to_be_hidden()
    expect(state).to_have_text("")
    expect(page.locator("article")).to_have_count(50)

    post = thread.write("Wirklich neu")
    expect(button).to_have_text("1 neuen Beitrag auf der letzten Seite anzeigen")
    expect(state).to_have_text("Ein neuer Beitrag ist da.")
    button.click()
    expect(page).to_have_url(re.compile(rf"\?seite=2#beitrag-{post.pk}$"))
    expect(page.locator("article")).to_have_count(22)


def test_last_page_takes_in_its_own_posts_alone(context: BrowserContext, thread: Thread) -> None:
    page = opened(context, thread, 2)
    thread.edit(3, "Auf der ersten Seite geändert")
    has_taken_in(page, thread)
    expect(page.locator("article")).to_have_count(21)
    expect(page.locator("[data-show-posts]")).to_be_hidden()


def test_waiting_posts_are_shown_at_a_click(context: BrowserContext, thread: Thread) -> None:
    page = opened(context, thread, 2)
    first = thread.write("Wartet")
    expect(page.locator("[data-show-posts]")).to_have_text("1 neuen Beitrag anzeigen")
    page.locator("article").last.scroll_into_view_if_needed()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    second = thread.write("Wartet auch, obwohl das Ende zu sehen ist")
    button = page.locator("[data-show-posts]")
    expect(button).to_have_text("2 neue Beiträge anzeigen")
    button.click()
    expect(page.locator("article")).to_have_count(23)
    assert (first.pk, second.pk) == (thread.post(72).pk, thread.post(73).pk)


def scroll_down(page: Page) -> None:
    """To the last post; the form below it is taller than the screen."""
    page.locator("article").last.scroll_into_view_if_needed()


def test_what_was_on_the_screen_is_read(context: BrowserContext, thread: Thread) -> None:
    thread.write("Neu am Ende")
    page = opened(context, thread, 2)
    expect(page.locator("[data-read-by-hand]")).to_have_count(0)
    until(lambda: thread.read_state().shown > 50)
    assert thread.read_state().unread == (range(1, 2), range(72, 73))
    scroll_down(page)
    until(lambda: thread.read_state().unread == (range(1, 2),))  # the first page was never on the screen
    assert thread.read_state().shown == 72


def test_what_comes_into_a_hidden_tab_is_not_read(context: BrowserContext, thread: Thread) -> None:
    context.add_init_script(
        "Object.defineProperty(document, 'visibilityState', { get: () => window.seen ?? 'visible' })"
    )
    page = opened(context, thread, 2)
    scroll_down(page)
    until(lambda: thread.read_state().shown == POSTS)
    show = "(state) => { window.seen = state; document.dispatchEvent(new Event('visibilitychange')); }"
    page.evaluate(show, "hidden")
    thread.write("Kommt an")
    expect(page.locator("article")).to_have_count(22)
    scroll_down(page)
    page.wait_for_timeout(2500)  # longer than it takes to tell of a post that is read
    assert thread.read_state().unread == (range(1, 2), range(72, 73))
    page.evaluate(show, "visible")
    until(lambda: thread.read_state().unread == (range(1, 2),))


def test_turning_the_page_reads_only_what_was_on_the_screen(context: BrowserContext, thread: Thread) -> None:
    page = opened(context, thread, 1)
    assert "gelesen=" not in (page.locator(".pager a[rel=next]").get_attribute("href") or "")

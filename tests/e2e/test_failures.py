"""Redis and the worker are killed under a running copy: nothing is lost, and nobody meets an error page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.e2e import newcomer as way
from tests.e2e.page_types import ITEM, TOPIC
from tests.e2e.running_copy import RunningCopy
from tests.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

PAUSED = "Live-Aktualisierung pausiert"
# A killed Redis comes back after a pause, and a page asks again some time after that.
RETURN_MILLISECONDS = 90_000


def test_platform_works_without_redis_and_catches_up(visit: Visit, running_copy: RunningCopy) -> None:
    reader = visit("niedersachsen", login="mitglied")
    way.open_topic(reader, TOPIC)
    reader.evaluate("window.notReloaded = true")
    writer = visit("niedersachsen", login="p.rautenberg")
    way.open_topic(writer, TOPIC)
    mark = uuid4().hex
    posts = [f"Beitrag {number} ohne Redis {mark}" for number in range(1, 4)]

    running_copy.kill("redis-server")
    reader.get_by_text(PAUSED).wait_for()
    for text in posts:
        way.write_post(writer, text)
    # A new sign-in, pages and the search, while Redis is away or was so a moment ago.
    guest = visit("niedersachsen", login="k.abels")
    ask = "path => fetch(path).then(answer => answer.status)"
    paths = ("/", "/forum/", ITEM, "/suche/?q=Bildungsbericht", "/veranstaltungen/")
    assert {path: guest.evaluate(ask, path) for path in paths} == dict.fromkeys(paths, 200)

    running_copy.await_return("redis")
    button = reader.locator("[data-show-posts]")
    last = reader.locator("article.post", has_text=posts[-1])
    last.or_(button.filter(visible=True)).first.wait_for(timeout=RETURN_MILLISECONDS)
    if button.is_visible():
        button.click()
    last.wait_for(timeout=RETURN_MILLISECONDS)
    shown = reader.locator("article.post", has_text=mark).all_inner_texts()
    assert [next(text for text in posts if text in article) for article in shown] == posts
    assert reader.evaluate("window.notReloaded")
    reader.get_by_text(PAUSED).wait_for(state="hidden")


def test_mails_written_while_the_worker_is_dead_go_out_once(visit: Visit, running_copy: RunningCopy) -> None:
    running_copy.await_return("worker")
    running_copy.kill("dkbm.config.celery worker")
    person = way.a_newcomer()
    page = visit("niedersachsen")
    way.ask_for_admission(page, person)
    running_copy.await_return("worker")
    until(lambda: running_copy.mails(person.email), 60)
    # A second mail, sent after the first: had the first been sent twice, its twin would be there by now.
    other = way.a_newcomer()
    way.ask_for_admission(page, other)
    until(lambda: running_copy.mails(other.email), 60)
    assert len(running_copy.mails(person.email)) == 1

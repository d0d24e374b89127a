"""A topic that somebody has open in a real browser while things happen to it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection
from playwright.sync_api import BrowserContext, Page

from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import edit_post
from forum.models import Post, ReadState, Topic
from tests.factories.forum import answer, make_topic
from tests.factories.people import make_person

T = TypeVar("T")


class Thread:
    """A committed topic of so many posts by one person, and another one who reads."""

    def __init__(self, network: BoundNetwork, *, posts: int, **fields: Any) -> None:
        self.network = network
        with bind(network):
            self.writer, self.reader = make_person("Anna Verden"), make_person("Bernd Oldenburg")
            topic = make_topic(self.writer, **fields)
            self.topic = Topic.objects.select_related("space__workgroup").get(pk=topic.pk)
            for number in range(2, posts + 1):
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

    def read_state(self) -> ReadState:
        return self.do(lambda: ReadState.objects.get(person=self.reader, topic=self.topic))


def opened(context: BrowserContext, thread: Thread, number: int = 1) -> Page:
    """That page of the topic, when it has asked what it missed."""
    page = context.new_page()
    with page.expect_response("**/beitraege/?*") as answered:
        page.goto(f"{thread.url}?seite={number}")
    answered.value.finished()
    return page

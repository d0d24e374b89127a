"""A topic of a group on a committed network, with people who listen to it by sockets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import async_to_sync, sync_to_async
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.config.asgi import application
from dkbm.tenancy.context import BoundNetwork, bind
from forum.models import Topic
from tests.factories.forum import answer, make_space, make_topic
from tests.factories.people import make_person
from tests.live.communicator import Socket

ClientOf = Callable[..., Client]

NOTHING = "topic:999999999"
"""Asked for at the end: what is answered next shows that nothing came before."""


class Scene:
    """A committed network with a question in a group, its two members, a stranger, and sockets.

    ``elsewhere``: id of a post in another topic of the asker.
    """

    def __init__(self, network: BoundNetwork, client_of: ClientOf) -> None:
        self.network, self.client_of = network, client_of
        with bind(network):
            self.asker, self.helper = make_person("Anna Verden"), make_person("Bernd Oldenburg")
            self.stranger = make_person("Clara Osterholz")
            topic = make_topic(self.asker, space=make_space(self.asker, self.helper), is_question=True)
            self.elsewhere = make_topic(self.asker).posts.get().pk
            self.topic = Topic.objects.select_related("space__workgroup").get(pk=topic.pk)
        self.name = f"topic:{self.topic.pk}"

    def socket(
        self, person: Person | None, *, host: str = "", origin: str = "", cookies: Client | None = None
    ) -> Socket:
        client = cookies or self.client_of(self.network, person)
        host = host or self.network.host
        crumbs = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        headers = {"host": host, "origin": origin or f"http://{host}", "cookie": crumbs}
        return Socket(application, "/ws/", [(name.encode(), value.encode()) for name, value in headers.items()])

    async def answer(self, text: str) -> int:
        def write() -> int:
            with bind(self.network):
                return answer(self.topic, self.helper, text).pk

        return await sync_to_async(write)()


def play(run: Callable[[], Awaitable[None]]) -> None:
    async_to_sync(run)()

"""A topic, somebody who was mailed about it, and the address to which they answer."""

from __future__ import annotations

from typing import Any

from dkbm.accounts.models import Person
from dkbm.inbound.domain.processing import process
from dkbm.inbound.door import receive
from dkbm.inbound.enums import Door
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.message_ids import message_id_of
from dkbm.notifications.domain.outbox import Thing
from dkbm.notifications.domain.reply_addresses import reply_address
from dkbm.notifications.models import Mail
from forum.models import Post, Space, Topic
from tests.factories.forum import answer, make_space, make_topic
from tests.factories.people import make_person
from tests.inbound.stored import stored


class Scene:
    """Call inside a binding. ``writer`` began the topic, ``reader`` has answered in it and is mailed about it."""

    def __init__(self) -> None:
        self.writer, self.reader = make_person("Wiebke Tammen"), make_person("Anna Verden")
        self.space: Space = make_space(self.writer, self.reader)
        topic = make_topic(self.writer, space=self.space, title="Kooperationsvereinbarung")
        self.topic: Topic = Topic.objects.select_related("space__workgroup").get(pk=topic.pk)
        answer(self.topic, self.reader, "Das wüsste ich auch gern.")
        self.address = self.address_of(self.reader)

    def address_of(self, person: Person) -> str:
        return reply_address(person.pk, Thing.of(self.topic))

    def mail(self, **fields: Any) -> Mail:
        """One that went to the reader."""
        values = {"kind": "forum.reply", "recipient": self.reader, "address": self.reader.email, "state": "sent"}
        mail: Mail = Mail.objects.create(**{**values, "subject": "Frage", "body": "Text", "path": "/", **fields})
        return mail

    def raw(self, name: str, *, mail: Mail | None = None) -> bytes:
        bounced = message_id_of(mail) if mail else ""
        return stored(name, to=self.address, sender=self.reader.email, bounced=bounced)

    def receive(self, raw: bytes, *, to: str = "", sender: str | None = "") -> Door:
        """``sender``: the reader's address where none is given."""
        return receive(
            raw=raw, envelope_to=to or self.address, envelope_from=self.reader.email if sender == "" else sender
        )

    def read(self, raw: bytes, **envelope: Any) -> IncomingMail:
        """Take it in and read it, as the worker does."""
        assert self.receive(raw, **envelope) == Door.TAKEN
        row: IncomingMail = IncomingMail.objects.order_by("-pk").first()
        process(row.pk)
        row.refresh_from_db()
        return row

    def posts(self) -> list[str]:
        """What was written in the topic since."""
        return list(
            Post.objects.filter(topic=self.topic, number__gt=2).order_by("number").values_list("text", flat=True)
        )

    def answers(self) -> list[Mail]:
        """What was mailed back."""
        return list(Mail.objects.filter(kind__startswith="answer.").order_by("pk"))


def plain(scene: Scene, text: str, *, sender: str = "", message_id: str = "", head: str = "") -> bytes:
    """A message as simple as can be."""
    named = f"Message-ID: <{message_id}@mail.example.org>\r\n" if message_id else ""
    start = f"From: {sender or scene.reader.email}\r\nTo: {scene.address}\r\nSubject: AW: Frage\r\n{named}{head}"
    return f"{start}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()

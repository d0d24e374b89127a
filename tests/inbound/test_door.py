"""Whose address it is, and what a stranger can do with one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.inbound.domain import receiving
from dkbm.inbound.domain.processing import process
from dkbm.inbound.domain.receiving import LARGEST, MOST_AN_HOUR
from dkbm.inbound.door import may_come, receive
from dkbm.inbound.enums import Door, Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.outbox import Thing
from dkbm.notifications.domain.reply_addresses import read_reply_address, reply_address
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from forum.models import Post
from tests.factories.forum import answer, make_topic
from tests.factories.people import make_person
from tests.inbound.scene import Scene, plain


def test_address_is_short_and_its_case_counts_for_nothing(scene: Scene) -> None:
    user, _at, domain = scene.address.partition("@")
    assert len(user) <= 64
    assert user == user.lower()
    assert domain == "example.org"
    read = read_reply_address(scene.address.upper())
    assert read is not None
    assert (read.person_id, read.key, read.is_over) == (scene.reader.pk, scene.topic.pk, False)


def test_no_letter_of_it_can_be_changed(scene: Scene) -> None:
    user, _at, domain = scene.address.partition("@")
    for place in range(len("re+"), len(user)):
        other = "a" if user[place] != "a" else "b"
        assert read_reply_address(f"{user[:place]}{other}{user[place + 1 :]}@{domain}") is None


@pytest.mark.parametrize("address", ["", "@", "re+@example.org", "re@example.org", "re+äöü@example.org"])
def test_what_is_no_address_is_refused_at_the_door(scene: Scene, address: str) -> None:
    assert may_come(envelope_to=address) == Door.NO_SUCH_ADDRESS
    assert receive(raw=b"x", envelope_to=address, envelope_from="a@example.org") == Door.NO_SUCH_ADDRESS


def test_other_domains_are_not_ours(scene: Scene) -> None:
    assert may_come(envelope_to=scene.address.replace("example.org", "example.com")) == Door.NO_SUCH_ADDRESS
    assert may_come(envelope_to="jemand@example.com") == Door.NO_SUCH_ADDRESS


def test_earlier_key_still_reads_it(scene: Scene, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "n" * 50
    assert read_reply_address(scene.address) is not None
    settings.SECRET_KEY_FALLBACKS = []
    assert read_reply_address(scene.address) is None


def test_each_mail_about_a_topic_has_the_readers_own_address(scene: Scene) -> None:
    answer(scene.topic, scene.writer, "Und wer hat es geprüft?")
    mail = Mail.objects.get(kind="forum.reply", recipient=scene.reader)
    assert mail.reply_to == scene.address
    assert "Sie können auch einfach auf diese E-Mail antworten." in mail.body


def test_stranger_publishes_nothing_and_is_not_written_to(scene: Scene) -> None:
    row = scene.read(plain(scene, "Kauft das!", sender="fremd@example.com"), sender="fremd@example.com")
    assert (row.outcome, scene.posts()) == (Outcome.REFUSED, [])
    assert (row.text, bytes(row.raw)) == ("", b"")
    (mail,) = scene.answers()
    assert mail.address == scene.reader.email
    assert scene.topic.title not in mail.body


def test_member_who_was_forwarded_the_mail_hears_nothing_of_the_topic(scene: Scene) -> None:
    colleague = make_person("Clara Osterholz")
    scene.read(plain(scene, "Ich auch", sender=colleague.email), sender=colleague.email)
    (mail,) = scene.answers()
    assert (mail.address, scene.posts()) == (colleague.email, [])
    assert scene.topic.title not in mail.subject + mail.body
    assert scene.reader.email not in mail.body
    assert f"/thema/{scene.topic.pk}" not in mail.body


def test_address_of_one_network_is_worth_nothing_to_a_person_of_another(
    scene: Scene, niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    """Somebody of network B makes an address for a topic of network A: signed by us, for their own network."""
    with bind(bayern):
        stranger = make_person("Bernd Bayer")
        address = reply_address(stranger.pk, Thing("forum.topic", str(scene.topic.pk)))
        raw = plain(scene, "Von drüben", sender=stranger.email)
        assert receive(raw=raw, envelope_to=address, envelope_from=stranger.email) == Door.TAKEN
        row = IncomingMail.objects.get()
        process(row.pk)
        row.refresh_from_db()
        assert (row.outcome, row.reason) == (Outcome.REFUSED, "Dieses Thema gibt es nicht mehr.")
        (mail,) = scene.answers()
        assert scene.topic.title not in mail.subject + mail.body
    assert scene.posts() == []
    # The address of network A in the hands of somebody of network B: no person of A, so nobody hears of it there.
    scene.read(plain(scene, "Von drüben", sender=stranger.email), sender=stranger.email)
    assert [mail.address for mail in scene.answers()] == [scene.reader.email]
    with bind(niedersachsen):
        assert receive(raw=raw, envelope_to=reply_address(stranger.pk, Thing.of(scene.topic)), envelope_from="") == (
            Door.NO_SUCH_ADDRESS
        )


@pytest.mark.parametrize("state", [MembershipState.LEFT, MembershipState.REQUESTED])
def test_who_is_no_member_any_more_has_no_address(scene: Scene, state: str) -> None:
    Membership.objects.filter(person=scene.reader).update(state=state)
    assert scene.receive(plain(scene, "Ja")) == Door.NO_SUCH_ADDRESS


def test_same_message_twice_is_one_post(scene: Scene) -> None:
    raw = plain(scene, "Ja, seit 2024.", message_id="eins")
    scene.read(raw)
    assert scene.receive(raw) == Door.TAKEN
    assert IncomingMail.objects.count() == 1
    process(IncomingMail.objects.get().pk)
    assert scene.posts() == ["Ja, seit 2024."]


def test_messages_without_a_number_are_told_apart_by_what_they_say(scene: Scene) -> None:
    for text in ("eins", "zwei", "eins"):
        assert scene.receive(plain(scene, text)) == Door.TAKEN
    assert IncomingMail.objects.count() == 2


def test_ten_thousand_in_a_minute_cost_nothing(scene: Scene, django_assert_max_num_queries: Any) -> None:
    for number in range(MOST_AN_HOUR):
        assert scene.receive(plain(scene, f"Nr. {number}")) == Door.TAKEN
    assert may_come(envelope_to=scene.address) == Door.TOO_MANY
    with django_assert_max_num_queries(10):
        assert scene.receive(b"\xff" * 1000) == Door.TOO_MANY
    assert IncomingMail.objects.count() == MOST_AN_HOUR
    IncomingMail.objects.update(received=timezone.now() - receiving.HOUR - timedelta(seconds=1))
    assert may_come(envelope_to=scene.address) == Door.TAKEN


def test_thirty_megabytes_are_refused_with_an_answer_and_not_kept(scene: Scene) -> None:
    raw = plain(scene, "x" * (LARGEST + 1))
    assert scene.receive(raw) == Door.TOO_LARGE
    assert scene.receive(raw) == Door.TOO_LARGE
    row = IncomingMail.objects.get()
    assert (row.outcome, bytes(row.raw)) == (Outcome.REFUSED, b"")
    (mail,) = scene.answers()
    assert "größer als 10 MB" in mail.body


def test_large_message_of_a_stranger_is_answered_by_nobody(scene: Scene) -> None:
    raw = plain(scene, "x" * (LARGEST + 1), sender="fremd@example.com")
    assert scene.receive(raw, sender="fremd@example.com") == Door.TOO_LARGE
    assert scene.answers() == []


def test_topic_of_somebody_elses_group_stays_closed(scene: Scene) -> None:
    """A signed address proves who was mailed, not what they may do today."""
    outsider: Person = make_person("Clara Osterholz")
    closed = make_topic(scene.writer, space=scene.space, title="Intern")
    address = reply_address(outsider.pk, Thing.of(closed))
    row = scene.read(plain(scene, "Hallo", sender=outsider.email), to=address, sender=outsider.email)
    assert row.outcome == Outcome.REFUSED
    assert Post.objects.filter(topic=closed).count() == 1
    (mail,) = scene.answers()
    assert "Intern" not in mail.subject + mail.body

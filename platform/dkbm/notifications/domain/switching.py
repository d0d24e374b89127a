"""What the link in a mail shows, and what can be switched there without signing in.

The link names network and person; it reaches their wishes about being told, and nothing else.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from dkbm.notifications.domain.explaining import explain, explain_digest
from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.domain.switch_links import Switch
from dkbm.notifications.domain.wishes import (
    Wishes,
    no_more_digests,
    pause,
    set_group_wish,
    set_wish,
    settle,
    wishes_of,
)
from dkbm.notifications.enums import Level, Rule
from dkbm.notifications.kinds import Kind, UnknownKind, kind_of
from dkbm.notifications.models import Mail, Notification
from dkbm.notifications.scopes import switch_topic, wishes_about_topic
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.groups import GroupName, name_of_group, readers_among
from dkbm.tenancy.models import Membership

TOPIC_RULES = (Rule.TOPIC_FOLLOWED, Rule.WROTE)
GROUP_RULES = (Rule.GROUP, Rule.GENERAL, Rule.NETWORK, Rule.OFFICE, Rule.PAUSED, Rule.GROUP_OFF)


@dataclass(frozen=True)
class Told:
    """What the mail told. ``kind``: ``None`` for one that no longer exists."""

    kind: Kind | None
    rule: Rule
    level: Level
    group: GroupName | None
    topic: int | None


@dataclass(frozen=True)
class Why:
    """The page of one mail. ``told``: ``None`` for a digest, and where nobody knows any more.

    ``wants_topic``: what the person said of the topic; ``None``: nothing. ``in_group``: they may read the group today.
    """

    person: Recipient
    sentence: str
    wishes: Wishes
    told: Told | None = None
    digest: Level | None = None
    wants_topic: bool | None = None
    in_group: bool = False

    @property
    def kind(self) -> Kind | None:
        """Of which the person can say how they want to be told."""
        return self.told.kind if self.told and self.told.kind and self.told.kind.optional else None

    @property
    def topic(self) -> int | None:
        return self.told.topic if self.told and self.kind else None

    @property
    def group(self) -> GroupName | None:
        return self.told.group if self.told and self.in_group and self.kind else None


def why_of(switch: Switch) -> Why | None:
    """``None`` when the person has left the network, or their account is gone: then nothing is changed any more."""
    member = Membership.objects.filter(person_id=switch.person_id, state=MembershipState.ACTIVE)
    membership = member.select_related("person").first()
    if membership is None:
        return None
    person = membership.person
    if switch.digest:
        return Why(person, explain_digest(switch.digest), wishes_of(person), digest=switch.digest)
    told = told_of(switch)
    if told is None:
        return Why(person, "", wishes_of(person))
    group = told.group
    return Why(
        person,
        sentence_of(told),
        wishes_of(person),
        told=told,
        wants_topic=wishes_about_topic(told.topic).get(person.pk) if told.topic else None,
        in_group=group is not None and bool(readers_among(group.id, [person.pk])),
    )


def told_of(switch: Switch) -> Told | None:
    """From the notification, or, when it has been deleted, from the mail's row."""
    if switch.notification_id is None:
        return None
    row = Notification.objects.filter(pk=switch.notification_id, person_id=switch.person_id).first()
    if row is not None:
        return _told(row.kind, row.rule, row.level, row.group, row.topic)
    mail = Mail.objects.filter(notification=switch.notification_id, recipient_id=switch.person_id).first()
    return _told(mail.kind, mail.rule, Level.AT_ONCE, mail.group, mail.topic) if mail else None


def sentence_of(told: Told) -> str:
    name = str(told.kind.label) if told.kind else ""
    return explain(told.rule, kind=name, group=told.group.title if told.group else "", level=told.level)


def _told(kind: str, rule: str, level: str, group: int | None, topic: int | None) -> Told:
    try:
        known = kind_of(kind)
    except UnknownKind:
        known = None
    return Told(known, Rule(rule or Rule.MANDATORY), Level(level), name_of_group(group), topic)


@transaction.atomic
def stop(why: Why) -> bool:
    """What one expects of a button that says no more: the narrowest wish that ends such mails. Twice is as once.

    Says whether there is anything that could be stopped.
    """
    if why.digest:
        no_more_digests(person=why.person, level=why.digest)
    elif why.told is None or why.kind is None:
        return False
    elif why.topic and why.told.rule in TOPIC_RULES and switch_topic(why.topic, why.person.pk, wanted=False):
        pass
    elif why.told.group and why.kind.by_group and why.told.rule in GROUP_RULES:
        set_group_wish(group=why.told.group.id, person=why.person, level=Level.BELL)
    else:
        set_wish(kind=why.kind.key, person=why.person, level=Level.BELL)
    settle(person=why.person)
    return True


@transaction.atomic
def want_topic(why: Why, *, wanted: bool) -> bool:
    """Whether it was written: the topic may be gone, or no longer the person's to read."""
    done = why.topic is not None and switch_topic(why.topic, why.person.pk, wanted=wanted)
    settle(person=why.person)
    return done


@transaction.atomic
def want_group(why: Why, *, level: Level | None) -> bool:
    if why.group is None:
        return False
    set_group_wish(group=why.group.id, person=why.person, level=level)
    settle(person=why.person)
    return True


@transaction.atomic
def want_kind(why: Why, *, level: Level) -> bool:
    if why.kind is None:
        return False
    set_wish(kind=why.kind.key, person=why.person, level=level)
    settle(person=why.person)
    return True


def want_pause(why: Why, *, until: datetime.date | None) -> None:
    pause(person=why.person, until=until)

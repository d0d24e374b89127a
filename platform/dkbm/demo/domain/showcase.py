"""What makes the demo look alive on the day of loading: the coming annual meeting, and a few fresh posts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.cms.domain.tags import tags_by_slug
from dkbm.demo.schemas import FreshReply, FreshTopic, NetworkPeople
from dkbm.imports.domain.forum import space_for
from dkbm.imports.domain.naming import naming
from dkbm.imports.reading import Reference
from dkbm.imports.schemas.events import EventEntry
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import publish_post
from forum.domain.topics import start_topic
from forum.models import Topic

WEEKS_AHEAD = 10
OPEN_SINCE = timedelta(weeks=3)
CLOSES_BEFORE = timedelta(weeks=2)


def with_open_registration(files: Reference, today: date) -> Reference:
    """The files with the coming annual meeting moved so that one can register ``today``; the rest as it is."""
    if files.events is None:
        return files
    events = [moved(event, today) for event in files.events.events]
    return Reference(**{**vars(files), "events": files.events.model_copy(update={"events": events})})


def moved(event: EventEntry, today: date) -> EventEntry:
    """An event with registration on the same weekday, ten weeks ahead; slug and title stay.

    Registration has been open for three weeks and closes two weeks before. An event whose registration is open
    today stays where it is, and so does every event without registration.
    """
    registration = event.registration
    if registration is None or event.date is None or registration.opens <= today <= registration.closes:
        return event
    earliest = today + timedelta(weeks=WEEKS_AHEAD)
    day = earliest + timedelta(days=(event.date.weekday() - earliest.weekday()) % 7)
    times = registration.model_copy(update={"opens": today - OPEN_SINCE, "closes": day - CLOSES_BEFORE})
    return event.model_copy(update={"date": day, "registration": times})


def write_fresh_posts(entry: NetworkPeople, people: dict[str, Person]) -> None:
    """Posts of the last days, oldest first, as if written then: they are news to everybody who was away."""
    tags = tags_by_slug()
    steps = sorted(
        ((_moment(step.days_ago), number, topic, step) for topic in entry.topics for number, step in _steps(topic)),
        key=lambda step: step[:2],
    )
    visitors = {login: visitor_of(person) for login, person in people.items()}
    started: dict[str, Topic] = {}
    for created, _number, topic, step in steps:
        with naming("people.yaml", topic.slug):
            if isinstance(step, FreshTopic):
                started[topic.slug] = start_topic(
                    space=space_for(topic.space),
                    visitor=visitors[topic.author or ""],
                    title=topic.title or "",
                    text=topic.text or "",
                    slug=topic.slug,
                    is_question=topic.is_question,
                    tags=[tags[slug] for slug in topic.tags],
                    created=created,
                )
            else:
                thread = started.get(topic.slug) or Topic.objects.get(space=space_for(topic.space), slug=topic.slug)
                publish_post(topic=thread, visitor=visitors[step.author], text=step.text, created=created)


def _steps(topic: FreshTopic) -> list[tuple[int, FreshTopic | FreshReply]]:
    opening: list[FreshTopic | FreshReply] = [topic] if topic.text else []
    return list(enumerate([*opening, *topic.replies]))


def _moment(days_ago: float) -> datetime:
    return timezone.now() - timedelta(days=days_ago)

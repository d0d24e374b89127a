"""Who takes part, for the managers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from dkbm.core.text import sort_key
from dkbm.events import questions
from dkbm.events.enums import RegistrationState
from dkbm.events.models import Event, Registration
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership


@dataclass(frozen=True)
class Participant:
    """``needs``: answers to the further questions as (label, text). ``is_member``: still is, so there is a page."""

    registration: Registration
    name: str
    email: str
    function: str
    municipality: str
    workshops: list[str]
    needs: list[tuple[str, str]]
    is_member: bool = False

    @property
    def on_list(self) -> bool:
        return self.registration.list_consent_at is not None

    @property
    def in_pictures(self) -> bool:
        return self.registration.photo_consent_at is not None


def participants_of(event: Event) -> list[Participant]:
    """Registered people by name, then those who wait in the order of their registration; two queries."""
    members = Membership.objects.filter(state=MembershipState.ACTIVE)
    rows = (
        Registration.objects.filter(event=event)
        .exclude(state=RegistrationState.CANCELLED)
        .annotate(is_member=Exists(members.filter(person_id=OuterRef("person_id"))))
        .select_related("person", "municipality")
        .prefetch_related("seats__item")
    )
    asked = [question for question in questions.parse(event.questions) if question.key in other_keys(event)]
    people = [_participant(row, asked) for row in rows]
    return sorted(people, key=_order)


def other_keys(event: Event) -> list[str]:
    """Keys of the questions that have no column of their own."""
    own = {"function", "municipality", *questions.CONSENTS}
    return [each.key for each in questions.parse(event.questions) if each.key not in own and not each.slot]


def _participant(row: Registration, asked: list[questions.Question]) -> Participant:
    seats = sorted(row.seats.all(), key=lambda seat: seat.item.starts)
    return Participant(
        registration=row,
        name=row.person.display_name,
        email=row.person.email,
        function=row.function,
        municipality=row.municipality.name if row.municipality else "",
        workshops=[seat.item.title for seat in seats],
        needs=[(question.label, answer_text(row.answers.get(question.key))) for question in asked],
        is_member=row.is_member and row.person.has_mailbox,  # type: ignore[attr-defined]
    )


def answer_text(answer: Any) -> str:
    """An answer as text: lists with commas, yes and no in words."""
    if isinstance(answer, bool):
        return "ja" if answer else "nein"
    if isinstance(answer, list):
        return ", ".join(str(part) for part in answer)
    return str(answer or "")


def _order(participant: Participant) -> tuple[bool, Any, str]:
    if participant.registration.is_waiting:
        return True, participant.registration.created.timestamp(), ""
    last = participant.registration.person.last_name or participant.name
    return False, 0.0, sort_key(f"{last} {participant.name}")

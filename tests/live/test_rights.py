"""What is asked of the database for many sockets at once: as much as for one, and each gets its own answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from dkbm.live import channels
from dkbm.live.channels import register_channel
from dkbm.live.rights import Answer, Question, answer_all, answer_each
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import Visitor
from tests.factories.forum import make_space, make_topic
from tests.factories.people import make_person
from tests.live.scene import ClientOf


@pytest.fixture
def sign_in(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> Any:
    def key_of(person: Any) -> str:
        return client_of(in_niedersachsen, person).cookies[settings.SESSION_COOKIE_NAME].value

    return key_of


@pytest.mark.parametrize("number", [1, 3])
def test_connecting_costs_two_queries(sign_in: Any, django_assert_num_queries: Any, number: int) -> None:
    people = [make_person() for _ in range(number)]
    questions = [Question(sign_in(person)) for person in people]
    with django_assert_num_queries(2):
        answers = answer_all(questions)
    assert [answer.visitor and answer.visitor.person for answer in answers] == people


@pytest.mark.parametrize("number", [1, 3])
def test_second_factor_of_managers_costs_one_more(sign_in: Any, django_assert_num_queries: Any, number: int) -> None:
    questions = [Question(sign_in(make_person(roles=("manager",)))) for _ in range(number)]
    with django_assert_num_queries(3):
        answer_all(questions)


@pytest.mark.parametrize("number", [1, 3])
def test_topics_cost_two_more(sign_in: Any, django_assert_num_queries: Any, number: int) -> None:
    people = [make_person() for _ in range(number)]
    topics = [f"topic:{make_topic(person, space=make_space(person)).pk}" for person in people]
    questions = [Question(sign_in(person), tuple(topics)) for person in people]
    with django_assert_num_queries(4):
        answers = answer_all(questions)
    assert [set(answer.groups) for answer in answers] == [{topic} for topic in topics]
    assert [answer.refused for answer in answers] == [set(topics) - {topic} for topic in topics]


def test_two_sessions_of_a_person_stand_for_themselves(sign_in: Any) -> None:
    person = make_person()
    open_one, ended = sign_in(person), sign_in(person)
    Session.objects.filter(session_key=ended).update(expire_date=timezone.now())
    asked = [Question(open_one), Question(ended), Question(""), Question(open_one)]
    visitors = [answer.visitor for answer in answer_all(asked)]
    assert [bool(visitor) for visitor in visitors] == [True, False, False, True]
    assert visitors[0] is not visitors[3]


def test_session_of_a_way_to_sign_in_that_is_gone_stands_for_nobody(sign_in: Any, settings: Any) -> None:
    question = Question(sign_in(make_person()))
    assert answer_all([question])[0].visitor
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert answer_all([question])[0].visitor is None


def test_one_question_without_an_answer_leaves_the_others_theirs(
    sign_in: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def may_hear(asked: Sequence[tuple[Visitor, int]]) -> list[bool]:
        if 8 in {id for _visitor, id in asked}:
            raise RuntimeError("broken row")
        return [True] * len(asked)

    monkeypatch.setattr(channels, "_channels", {})
    register_channel("probe", may_hear)
    key = sign_in(make_person())
    good, broken = Question(key, ("probe:7",)), Question(key, ("probe:8",))
    answers = answer_each([good, broken, good])
    assert [type(answer) for answer in answers] == [Answer, RuntimeError, Answer]
    assert [record.getMessage() for record in caplog.records] == ["rights could not be read"]

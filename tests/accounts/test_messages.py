"""A member's page: who they are, what they wrote, and how others write to them without seeing an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as sent
from django.test import Client

from dkbm.accounts.domain.messages import write_to
from dkbm.accounts.errors import MessageRefusal
from dkbm.accounts.models import Person
from dkbm.municipalities.models import Municipality
from dkbm.notifications.domain.message import build_message
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork, bind, require_network
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.visitor import visitor_of
from tests.factories.forum import answer, make_space, make_topic
from tests.factories.groups import make_colleague, make_group, make_subgroup, make_workgroup, put_in_group
from tests.factories.people import make_person

Browser = Callable[..., Client]
TYPED = {"subject": "Ihr Bildungsbericht", "text": "Können wir telefonieren?\nAm Montag passt es mir."}


@pytest.fixture
def jana(in_niedersachsen: BoundNetwork) -> Person:
    return make_colleague("Jana Behrens", email="jana@landkreis-verden.de")


@pytest.fixture
def maria(in_niedersachsen: BoundNetwork) -> Person:
    return make_colleague("Maria Kröger", email="maria@stadt-oldenburg.de")


def page_of(person: Person) -> str:
    return f"/konto/person/{person.pk}/"


def form_of(person: Person) -> str:
    return f"{page_of(person)}nachricht/"


def test_message_reaches_the_member_and_shows_no_address(
    niedersachsen: BoundNetwork, jana: Person, maria: Person, client_of: Browser
) -> None:
    browser = client_of(niedersachsen, jana)
    assert form_of(maria) in browser.get(page_of(maria)).content.decode()
    form = browser.get(form_of(maria)).content.decode()
    answered = browser.post(form_of(maria), TYPED, follow=True)
    assert answered.redirect_chain == [(page_of(maria), 302)]
    assert "Ihre Nachricht an Maria Kröger ist abgeschickt." in answered.content.decode()
    letter = Mail.objects.get(kind="member.message")
    assert (letter.address, letter.reply_to) == ("maria@stadt-oldenburg.de", "")
    assert letter.subject == "Nachricht von Jana Behrens: Ihr Bildungsbericht"
    assert TYPED["text"] in letter.body
    assert page_of(jana) in letter.body
    assert "jana@" not in letter.body
    assert "maria@" not in form + answered.content.decode()
    assert Notification.objects.get(person=maria).values == {"name": "Jana Behrens"}


def test_answers_go_to_the_sender_who_ticked_it(
    niedersachsen: BoundNetwork, jana: Person, maria: Person, client_of: Browser
) -> None:
    client_of(niedersachsen, jana).post(form_of(maria), {**TYPED, "shows_address": "on"})
    letter = Mail.objects.get(kind="member.message")
    assert build_message(letter, require_network()).reply_to == ["jana@landkreis-verden.de"]
    assert "Antworten auf diese E-Mail gehen an jana@landkreis-verden.de." in letter.body


def test_who_wants_no_messages_gets_none_and_the_typed_text_stays(
    niedersachsen: BoundNetwork, jana: Person, maria: Person, client_of: Browser
) -> None:
    browser = client_of(niedersachsen, jana)
    set_wish(kind="member.message", person=maria, level=Level.OFF)
    page = browser.get(page_of(maria)).content.decode()
    assert "Diese Person möchte keine Nachrichten von Mitgliedern bekommen." in page
    assert form_of(maria) not in page
    assert browser.get(form_of(maria)).status_code == 403
    answered = browser.post(form_of(maria), TYPED)
    assert answered.status_code == 422
    assert "Am Montag passt es mir." in answered.content.decode()
    assert not Mail.objects.exists()


def test_eleventh_message_of_an_hour_waits_and_stays_in_the_form(
    niedersachsen: BoundNetwork, jana: Person, maria: Person, client_of: Browser
) -> None:
    browser = client_of(niedersachsen, jana)
    for _time in range(10):
        assert browser.post(form_of(maria), TYPED).status_code == 302
    answered = browser.post(form_of(maria), TYPED)
    assert answered.status_code == 422
    assert "Bitte warten Sie eine Stunde." in answered.content.decode()
    assert "Am Montag passt es mir." in answered.content.decode()
    assert Mail.objects.count() == 10
    assert client_of(niedersachsen, maria).post(form_of(jana), TYPED).status_code == 302


@pytest.mark.parametrize("missing", ["subject", "text"])
def test_message_needs_subject_and_text(
    niedersachsen: BoundNetwork, jana: Person, maria: Person, client_of: Browser, missing: str
) -> None:
    answered = client_of(niedersachsen, jana).post(form_of(maria), {**TYPED, missing: "  "})
    assert answered.status_code == 422
    assert not Mail.objects.exists()


def test_nobody_writes_to_themselves_to_strangers_or_to_somebody_who_waits(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, jana: Person, client_of: Browser
) -> None:
    waiting = make_person("Willi Wartet", state=MembershipState.REQUESTED)
    gone = make_person("Gerda Weg", state=MembershipState.LEFT)
    with bind(bayern):
        foreign = make_person("Xaver Fremd")
    browser = client_of(niedersachsen, jana)
    assert browser.post(form_of(jana), TYPED).status_code == 422
    assert [browser.post(form_of(each), TYPED).status_code for each in (waiting, gone, foreign)] == [404, 404, 404]
    for each in (jana, waiting, gone):
        with pytest.raises(MessageRefusal):
            write_to(visitor=visitor_of(jana), person=each, shows_address=False, **TYPED)
    with pytest.raises(MessageRefusal):
        write_to(visitor=visitor_of(waiting), person=jana, shows_address=False, **TYPED)
    assert not Mail.objects.exists()
    assert sent.outbox == []


def test_page_shows_function_municipality_groups_and_posts_that_the_reader_may_see(
    niedersachsen: BoundNetwork, jana: Person, verden: Municipality, client_of: Browser
) -> None:
    shown = make_colleague("Maria Kröger", function="bildungsmonitoring", municipality=verden)
    shared, foreign = make_group("Gemeinsame Gruppe", shown, jana), make_group("Andere Gruppe", shown)
    led = make_workgroup(name="Geleitete Gruppe")
    put_in_group(workgroup=led, person=shown, office="speaker")
    hidden = make_subgroup(led, founder=shown, title="Verborgene Frage")
    make_topic(shown, space=make_space(shown), title="Im fremden Bereich")
    open_topic = make_topic(jana, title="Für alle")
    for number in range(6):
        answer(open_topic, shown, text=f"Beitrag Nummer {number}.")
    page = client_of(niedersachsen, jana).get(page_of(shown)).content.decode()
    assert "Bildungsmonitoring" in page
    assert f'href="{verden.get_absolute_url().replace("&", "&amp;")}">Landkreis Verden</a>' in page
    assert (shared.get_absolute_url() in page, foreign.get_absolute_url() in page) == (True, False)
    assert (led.get_absolute_url() in page, hidden.name in page) == (True, False)
    assert [f"Beitrag Nummer {number}." in page for number in range(6)] == [False, *[True] * 5]
    assert "Im fremden Bereich" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_queries_however_much_there_is(
    niedersachsen: BoundNetwork,
    jana: Person,
    maria: Person,
    client_of: Browser,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    topic = make_topic(jana)
    for number in range(rows):
        make_group(f"Gruppe {number}", maria, jana)
        answer(topic, maria)
    browser = client_of(niedersachsen, jana)
    browser.get(page_of(maria))
    with django_assert_num_queries(11):
        browser.get(page_of(maria))

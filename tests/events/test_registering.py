"""The registration form: what it asks, refuses and keeps; change and cancellation; the mails."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from django.core.signing import Signer

from dkbm.accounts.hooks import run_departure
from dkbm.accounts.models import Profile
from dkbm.events.domain.cancellation_links import cancellation_path
from dkbm.events.models import Event, Registration, WorkshopSeat
from dkbm.municipalities.models import Municipality
from dkbm.notifications.models import Mail, MailAttachment
from dkbm.privacy.registry import relations, relations_to_people
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.enums import MembershipState
from tests.factories.events import QUESTIONS, make_event, membership_of, registered, workshop
from tests.factories.people import PASSWORD, function_named, make_person

MUNICIPALITY = {
    "key": "municipality",
    "label": "Ihre Kommune",
    "type": "single",
    "required": True,
    "options_from": "municipalities",
}
FILLED = {"function": "Bildungsmonitoring", "workshop_1": "ws1", "workshop_2": "", "access": "", "food": ""}


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def verden(db: None) -> Municipality:
    with bind_all("register of municipalities", as_owner=True):
        for slug, network in (("landkreis-verden", "niedersachsen"), ("stadt-coburg", "bayern")):
            Municipality.objects.create(
                slug=slug, name=slug.replace("-", " ").title(), kind="landkreis", network_slug=network
            )
        return Municipality.objects.get(slug="landkreis-verden")


def test_form_sends_guests_to_the_sign_in(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event()
    url = f"{event.get_absolute_url()}anmelden/"
    response = client_of(niedersachsen).get(url)
    assert response.status_code == 302
    assert response["Location"] == f"/konto/login/?next={url}"


def test_form_is_filled_from_the_profile(niedersachsen: BoundNetwork, client_of: Any, verden: Municipality) -> None:
    with bind(niedersachsen):
        event = make_event(registration=open_with([*QUESTIONS, MUNICIPALITY]))
        member = make_person()
        Profile.objects.create(person=member, function=function_named("koko"), municipality=verden)
    page = text_of(client_of(niedersachsen, member).get(f"{event.get_absolute_url()}anmelden/"))
    assert 'value="Koordination Neuzugewanderte (KoKo)"' in page
    assert f'<option value="{verden.pk}" selected>Landkreis Verden</option>' in page
    assert "Stadt Coburg" not in page
    assert "Werkstatt ws1, 11:00–12:00 Uhr, Raum 1, noch 20 Plätze" in page


def open_with(questions: list[dict[str, Any]]) -> dict[str, Any]:
    return {"opens": "2020-01-01", "closes": "2099-01-01", "waiting_list": True, "questions": questions}


def test_agency_staff_need_no_municipality(niedersachsen: BoundNetwork, client_of: Any, verden: Municipality) -> None:
    with bind(niedersachsen):
        event = make_event(registration=open_with([MUNICIPALITY]))
        people = [make_person("Agentur Person"), make_person("Andere Person")]
        Profile.objects.create(person=people[0], function=function_named("transferagentur"))
        Profile.objects.create(person=people[1], function=function_named("koko"))
    url = f"{event.get_absolute_url()}anmelden/"
    answers = [client_of(niedersachsen, person).post(url, {"municipality": ""}).status_code for person in people]
    assert answers == [302, 422]


def test_registered_with_seat_mail_and_calendar_file(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event()
        member = make_person("Maria Kröger")
    client = client_of(niedersachsen, member)
    data = {**FILLED, "workshop_2": "ws3", "access": "Rampe", "food": "vegan", "list_consent": "on"}
    response = client.post(f"{event.get_absolute_url()}anmelden/", data, follow=True)
    page = text_of(response)
    assert "Sie sind angemeldet. Die Bestätigung kommt per E-Mail" in page
    assert 'Werkstatt ws1 <span class="tag state">Ihr Platz</span>' in page
    with bind(niedersachsen):
        row = Registration.objects.get()
        assert (row.state, row.function, row.person_id) == ("registered", "Bildungsmonitoring", member.pk)
        assert row.answers == {"access": "Rampe", "food": "vegan", "workshop_1": "ws1", "workshop_2": "ws3"}
        assert row.list_consent_at is not None
        assert row.photo_consent_at is None
        mail = Mail.objects.get()
        assert (mail.kind, mail.address, mail.subject) == (
            "event.registered",
            member.email,
            "Angemeldet: Jahrestreffen",
        )
        assert "Guten Tag Maria Kröger," in mail.body
        assert "- 11:00–12:00 Uhr: Werkstatt ws1 (Raum 1)\n- 15:00–16:00 Uhr: Werkstatt ws3 (Raum 1)" in mail.body
        undated = cancellation_path(row).split(":")[0]
        assert f"{undated}:" in mail.body
        file = MailAttachment.objects.get(mail=mail)
        assert (file.name, file.content_type) == (
            f"{event.slug}.ics",
            "text/calendar; method=REQUEST; charset=utf-8",
        )
        assert f"UID:{event.calendar_uid}@transfernetz".encode() in bytes(file.content)


def test_missing_answers_keep_the_rest(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event()
        member = make_person()
    data = {"function": "", "workshop_1": "", "access": "Gebärdensprache", "food": "vegan", "photo_consent": "on"}
    response = client_of(niedersachsen, member).post(f"{event.get_absolute_url()}anmelden/", data)
    page = text_of(response)
    assert response.status_code == 422
    assert "Bitte prüfen Sie 2 Angaben" in page
    assert "Gebärdensprache</textarea>" in page
    assert page.count(" checked") == 3
    with bind(niedersachsen):
        assert not Registration.objects.exists()


def test_full_workshop_is_shown_and_refused_with_a_sentence(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event(programme=[workshop("ws1", "vormittag", 1), workshop("ws2", "vormittag", 5)])
        registered(event, first="ws1")
        member = make_person()
    client = client_of(niedersachsen, member)
    url = f"{event.get_absolute_url()}anmelden/"
    page = text_of(client.get(url))
    assert "Werkstatt ws1, 11:00–12:00 Uhr, Raum 1, ausgebucht" in page
    assert page.count(" disabled") == 1
    response = client.post(url, {**FILLED, "access": "Rampe bitte"})
    page = text_of(response)
    assert response.status_code == 422
    assert "„Werkstatt ws1“ ist inzwischen ausgebucht. Bitte wählen Sie eine andere Werkstatt." in page
    assert "Rampe bitte</textarea>" in page
    assert client.post(url, {**FILLED, "workshop_1": "ws2"}).status_code == 302


def test_workshop_that_fills_up_while_the_form_is_sent(
    niedersachsen: BoundNetwork, client_of: Any, monkeypatch: Any
) -> None:
    """Between reading the form and taking the seat somebody else is faster."""
    from dkbm.events.views import registering

    with bind(niedersachsen):
        event = make_event(programme=[workshop("ws1", "vormittag", 1), workshop("ws2", "vormittag", 5)])
        member, faster = make_person("Lang Sam"), make_person("Schnell Er")
    really_register = registering.register

    def register_after_another(**kwargs: Any) -> Registration:
        registered(event, faster, first="ws1")
        return really_register(**kwargs)

    monkeypatch.setattr(registering, "register", register_after_another)
    response = client_of(niedersachsen, member).post(
        f"{event.get_absolute_url()}anmelden/", {**FILLED, "access": "Rampe bitte"}
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "Bitte prüfen Sie eine Angabe" in page
    assert "ist inzwischen ausgebucht" in page
    assert page.count(" disabled") == 1
    assert "Rampe bitte</textarea>" in page
    with bind(niedersachsen):
        assert [row.person_id for row in Registration.objects.all()] == [faster.pk]


def test_all_workshops_of_a_slot_full_one_can_still_come(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event(programme=[workshop("ws1", "vormittag", 1)])
        registered(event, first="ws1")
        member = make_person()
    client = client_of(niedersachsen, member)
    url = f"{event.get_absolute_url()}anmelden/"
    assert "Alle Werkstätten dieser Zeit sind ausgebucht." in text_of(client.get(url))
    assert client.post(url, {**FILLED, "workshop_1": ""}).status_code == 302
    with bind(niedersachsen):
        assert Registration.objects.get(person=member).is_registered


def test_full_event_without_waiting_list_offers_nothing(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event(capacity=1, programme=[workshop("ws1", "vormittag", 1)])
        Event.objects.filter(pk=event.pk).update(waiting_list=False)
        registered(event, first="ws1")
        member = make_person()
    client, url = client_of(niedersachsen, member), event.get_absolute_url()
    page = text_of(client.get(url))
    assert "Alle Plätze sind vergeben, und es gibt keine Warteliste." in page
    assert f"{url}anmelden/" not in page
    assert f"{url}anmelden/" not in text_of(client.get("/"))
    assert "Alle Plätze sind vergeben, und es gibt keine Warteliste." in text_of(
        client.get(f"{url}anmelden/", follow=True)
    )
    assert "Alle Plätze sind vergeben" in text_of(client_of(niedersachsen).get(url))


def test_full_event_offers_the_waiting_list(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event(capacity=1, programme=[workshop("ws1", "vormittag", 1)])
        registered(event, first="ws1")
        member = make_person()
    client = client_of(niedersachsen, member)
    page = text_of(client.get(event.get_absolute_url()))
    assert "Auf die Warteliste</a>" in page
    response = client.post(f"{event.get_absolute_url()}anmelden/", FILLED, follow=True)
    assert "Sie stehen auf der Warteliste und bekommen eine E-Mail" in text_of(response)
    assert "1 Person auf der Warteliste" in text_of(response)
    with bind(niedersachsen):
        row = Registration.objects.get(person=member)
        assert (row.state, row.answers["workshop_1"]) == ("waiting", "ws1")
        mail = Mail.objects.get(recipient=member)
        assert mail.kind == "event.waiting"
        assert not mail.attachments.exists()


def test_text_that_is_too_long_or_forged_is_refused(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event()
        make_event(programme=[workshop("fremd", "vormittag")])
        member = make_person()
    client = client_of(niedersachsen, member)
    for wrong in ({"access": "x" * 200_000}, {"food": "Steak"}, {"workshop_1": "fremd"}, {"function": "x" * 201}):
        assert client.post(f"{event.get_absolute_url()}anmelden/", {**FILLED, **wrong}).status_code == 422
    with bind(niedersachsen):
        assert not Registration.objects.exists()


def test_change_shows_what_was_answered_and_saves(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event(programme=[workshop("ws1", "vormittag", 1), workshop("ws2", "vormittag", 5)])
        member = make_person()
        registered(event, member, other={"access": "Rampe"}, list_consent=True)
    client = client_of(niedersachsen, member)
    url = f"{event.get_absolute_url()}anmelden/"
    page = text_of(client.get(url))
    assert "Anmeldung ändern" in page
    assert "Rampe</textarea>" in page
    assert " disabled" not in page
    assert "Ihre Änderungen sind gespeichert." in text_of(
        client.post(url, {**FILLED, "workshop_1": "ws2"}, follow=True)
    )
    with bind(niedersachsen):
        assert [seat.item.slug for seat in WorkshopSeat.objects.all()] == ["ws2"]
        assert Registration.objects.get().list_consent_at is None
        assert Mail.objects.count() == 1


def test_cancelling_asks_first_then_frees_the_seat(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event()
        member = make_person()
        registered(event, member)
    client = client_of(niedersachsen, member)
    url = f"{event.get_absolute_url()}abmelden/"
    assert "Wirklich abmelden?" in text_of(client.get(url))
    with bind(niedersachsen):
        assert Registration.objects.get().is_registered
    assert "Sie sind abgemeldet." in text_of(client.post(url, follow=True))
    with bind(niedersachsen):
        assert Registration.objects.get().is_cancelled
        mail = Mail.objects.get(kind="event.cancelled")
        assert b"METHOD:CANCEL" in bytes(mail.attachments.get().content)
    assert "nicht angemeldet" in text_of(client.post(url, follow=True))


def test_cancellation_link_works_without_sign_in_and_once(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event()
        row = registered(event)
        link = cancellation_path(row)
    client = client_of(niedersachsen)
    assert "Wirklich abmelden?" in text_of(client.get(link))
    with bind(niedersachsen):
        assert Registration.objects.get().is_registered
    response = client.post(link, follow=True)
    assert response.status_code == 200
    assert "Sie sind abgemeldet. Danke, dass Sie den Platz freigeben." in text_of(response)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 200
        assert "Sie haben sich schon abgemeldet. Es ist nichts weiter zu tun." in text_of(answer)
    with bind(niedersachsen):
        assert Mail.objects.filter(kind="event.cancelled").count() == 1


def test_cancellation_link_after_the_event_says_so(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event(date="2030-05-07", registration=open_with([]))
        link = cancellation_path(registered(event, first=""))
    with time_machine.travel("2030-05-08T08:00:00+02:00", tick=False):
        response = client_of(niedersachsen).post(link)
    assert "Die Veranstaltung war am 7. Mai 2030. Eine Abmeldung ist nicht mehr nötig." in text_of(response)
    with bind(niedersachsen):
        assert Registration.objects.get().is_registered


def test_cancellation_link_from_before_the_links_had_a_date_works(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any
) -> None:
    with bind(niedersachsen):
        row = registered(make_event())
        signed = Signer(salt=f"events.cancel.{niedersachsen.id}", sep=".").sign(row.token.hex)
    link = f"/veranstaltungen/abmelden/{signed}/"
    assert client_of(bayern).post(link).status_code == 404
    assert client_of(niedersachsen).post(link.replace(".", "-")).status_code == 404
    assert "Sie sind abgemeldet." in text_of(client_of(niedersachsen).post(link, follow=True))
    with bind(niedersachsen):
        assert Registration.objects.get().is_cancelled


def test_cancellation_link_is_worthless_when_broken_or_elsewhere(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any
) -> None:
    with bind(niedersachsen):
        row = registered(make_event("Marker Treffen"))
        link = cancellation_path(row)
    for network, path in ((bayern, link), (niedersachsen, f"{link[:-2]}x/"), (niedersachsen, link.replace(":", "-"))):
        response = client_of(network).post(path)
        assert response.status_code == 404
        assert "Dieser Link ist unvollständig" in text_of(response)
        assert "Marker Treffen" not in text_of(response)
    with bind(niedersachsen):
        assert Registration.objects.get().is_registered


def test_link_of_a_cancelled_registration_leaves_the_new_one_alone(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event, member = make_event(), make_person()
        old_link = cancellation_path(registered(event, member))
    client = client_of(niedersachsen)
    client.post(old_link)
    with bind(niedersachsen):
        registered(event, member)
    assert "schon abgemeldet" in text_of(client.post(old_link))
    with bind(niedersachsen):
        assert Registration.objects.filter(person=member, state="registered").count() == 1


@pytest.mark.parametrize("state", [MembershipState.REQUESTED, MembershipState.LEFT])
def test_who_is_no_member_cannot_register(niedersachsen: BoundNetwork, client_of: Any, state: str) -> None:
    with bind(niedersachsen):
        event = make_event()
        person = make_person(state=state)
    client_of(niedersachsen, person).post(f"{event.get_absolute_url()}anmelden/", FILLED)
    with bind(niedersachsen):
        assert not Registration.objects.exists()


def test_leaving_the_network_frees_the_seats_of_coming_events(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(capacity=1)
    leaver = make_person()
    registered(event, leaver)
    waiting = registered(event)
    run_departure(membership_of(leaver))
    waiting.refresh_from_db()
    assert waiting.is_registered
    assert Registration.objects.get(person=leaver).is_cancelled


def test_relations_to_people_are_declared() -> None:
    own = {relation for relation in relations_to_people() if relation[0].startswith(("events.", "editorial."))}
    assert own == {("events.registration", "person")}
    assert own <= set(relations())


def test_signing_in_before_registering_does_not_say_that_one_is_registered(
    niedersachsen: BoundNetwork, client_of: Any
) -> None:
    with bind(niedersachsen):
        event = make_event()
        member = make_person()
    url = f"{event.get_absolute_url()}anmelden/"
    login = {"login": member.email, "password": PASSWORD}
    page = text_of(client_of(niedersachsen).post(f"/konto/login/?next={url}", login, follow=True))
    assert "Verbindlich anmelden" in page
    assert "Sie sind eingeloggt." in page
    assert "Sie sind angemeldet" not in page

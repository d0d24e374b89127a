"""Pages on which AGs are founded and their members looked after."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.models import Function, Person
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.groups import make_colleague, make_concept_group, make_member, make_workgroup, row_of
from workgroups.models import GroupMembership, Workgroup

CHECKED = re.compile(r'<input[^>]*name="member_functions" value="([^"]*)"[^>]* checked')


@pytest.fixture
def manager(niedersachsen: BoundNetwork) -> Person:
    with bind(niedersachsen):
        return make_colleague("Lena Leitung", roles=("manager",))


def text_of(answer: Any) -> str:
    text = answer.content.decode()
    assert text.count("<h1") == 1
    return " ".join(text.split())


def test_new_network_founds_its_first_group(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], manager: Person
) -> None:
    with bind(niedersachsen):
        speaker = make_colleague("Anna Eins")
    browser = client_of(niedersachsen, manager)
    text = text_of(browser.get("/ag/"))
    assert "Gründen Sie die erste Arbeitsgruppe." in text
    assert 'href="/ag/-/gruenden/"' in text
    data = {
        "name": "Übergänge",
        "number": "4",
        "question": "Wie gelingt der Übergang?",
        "description": "<script>alert(1)</script>",
        "expected_result": "Ein Leitfaden.",
        "speaker": str(speaker.pk),
    }
    answer = browser.post("/ag/-/gruenden/", data, follow=True)
    assert answer.redirect_chain == [("/ag/ag-4-uebergaenge/-/mitglieder/", 302)]
    assert "Anna Eins" in text_of(answer)
    guest = text_of(client_of(niedersachsen).get("/ag/ag-4-uebergaenge/"))
    assert "Wie gelingt der Übergang?" in guest
    assert "Ein Leitfaden." in guest
    assert "&lt;script&gt;alert(1)" in guest
    assert "Arbeitsgruppe gründen" in text_of(browser.get("/ag/"))


def test_empty_list_offers_founding_to_managers_alone(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        person = make_colleague()
    assert "/ag/-/gruenden/" not in text_of(client_of(niedersachsen, person).get("/ag/"))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Bitte ergänzen Sie diese Angabe."),
        ("number", "1", "Diese Nummer hat schon eine andere Arbeitsgruppe."),
        ("number", "0", "größer oder gleich 1"),
        ("number", "viele", "Bitte eine ganze Zahl eingeben."),
        ("description", "x" * 20_001, "Bitte höchstens 5000 Zeichen. Ihr Text hat 20001."),
        ("speaker", "{stranger}", "Bitte eine gültige Auswahl treffen."),
        ("speaker", "kein-mensch", "keine gültige UUID"),
    ],
)
def test_bad_input_founds_nothing_and_loses_nothing(
    niedersachsen: BoundNetwork,
    bayern: BoundNetwork,
    client_of: Callable[..., Client],
    manager: Person,
    field: str,
    value: str,
    sentence: str,
) -> None:
    with bind(bayern):
        stranger = make_colleague("Fremd Marker")
    with bind(niedersachsen):
        make_workgroup("ag1", number=1)
    data = {"name": "Übergänge", "question": "Wie gelingt er?", field: value.format(stranger=stranger.pk)}
    answer = client_of(niedersachsen, manager).post("/ag/-/gruenden/", data)
    text = text_of(answer)
    assert answer.status_code == 422
    assert sentence in text
    assert "Wie gelingt er?" in text
    assert "Marker" not in text
    with bind(niedersachsen):
        assert Workgroup.objects.count() == 1


def test_editing_keeps_what_was_typed_beside_the_error(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], manager: Person
) -> None:
    with bind(niedersachsen):
        make_workgroup("ag1", number=1)
        make_workgroup("ag2", number=2)
    browser = client_of(niedersachsen, manager)
    data = {"name": "Neuer Name", "number": "2", "description": "Neu."}
    answer = browser.post("/ag/ag1/-/bearbeiten/", data)
    assert answer.status_code == 422
    assert "Diese Nummer hat schon eine andere Arbeitsgruppe." in text_of(answer)
    assert 'value="Neuer Name"' in text_of(answer)
    answer = browser.post("/ag/ag1/-/bearbeiten/", {**data, "number": "3"}, follow=True)
    assert answer.redirect_chain == [("/ag/ag1/", 302)]
    assert "AG 3 Neuer Name" in text_of(answer)


def test_functions_that_a_group_is_for_are_chosen_among_the_networks(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], manager: Person
) -> None:
    """What it names already keeps its order, which the suggestion follows; retired ones and words can stay."""
    with bind(niedersachsen):
        make_workgroup("ag1", number=1, member_functions=["sprachfoerderung", "koko", "Freie Träger", "datenschutz"])
        Function.objects.filter(slug="koko").update(is_offered=False)
    browser = client_of(niedersachsen, manager)
    page = text_of(browser.get("/ag/ag1/-/bearbeiten/"))
    assert set(CHECKED.findall(page)) == {"sprachfoerderung", "koko", "Freie Träger", "datenschutz"}
    chosen = ["bildungsmanagement", "koko", "Freie Träger", "sprachfoerderung"]
    data = {"name": "Bildung", "number": "1", "description": "Neu."}
    assert browser.post("/ag/ag1/-/bearbeiten/", {**data, "member_functions": ["zauberei"]}).status_code == 422
    assert browser.post("/ag/ag1/-/bearbeiten/", {**data, "member_functions": chosen}).status_code == 302
    with bind(niedersachsen):
        kept = ["sprachfoerderung", "koko", "Freie Träger", "bildungsmanagement"]
        assert Workgroup.objects.get().member_functions == kept


def test_concept_group_has_no_number_to_edit(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], manager: Person
) -> None:
    with bind(niedersachsen):
        make_concept_group()
    browser = client_of(niedersachsen, manager)
    page = text_of(browser.get("/ag/konzeptgruppe/-/bearbeiten/"))
    assert 'name="number"' not in page
    assert 'name="member_functions"' not in page
    browser.post("/ag/konzeptgruppe/-/bearbeiten/", {"name": "Kreis der Sprechenden", "number": "9"})
    with bind(niedersachsen):
        assert Workgroup.objects.get().title == "Kreis der Sprechenden"


def test_manager_sets_up_the_concept_group_once(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], manager: Person
) -> None:
    with bind(niedersachsen):
        speaker = make_member(make_workgroup("ag1", number=1), office="speaker")
    browser, button = client_of(niedersachsen, manager), 'action="/ag/-/konzeptgruppe-einrichten/"'
    assert button in text_of(browser.get("/ag/"))
    answer = browser.post("/ag/-/konzeptgruppe-einrichten/", follow=True)
    assert answer.redirect_chain == [("/ag/konzeptgruppe/", 302)]
    assert speaker.display_name in text_of(answer)
    assert button not in text_of(browser.get("/ag/"))
    answer = browser.post("/ag/-/konzeptgruppe-einrichten/", follow=True)
    assert "Dieses Netzwerk hat schon eine Konzeptgruppe." in text_of(answer)
    with bind(niedersachsen):
        assert Workgroup.objects.concept_groups().count() == 1


def test_concept_group_is_offered_to_managers_alone(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        speaker = make_member(make_workgroup("ag1", number=1), office="speaker")
    assert "konzeptgruppe-einrichten" not in text_of(client_of(niedersachsen, speaker).get("/ag/"))


def test_archiving_shows_the_result_to_everybody(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], manager: Person
) -> None:
    with bind(niedersachsen):
        make_workgroup("ag1", number=1)
    client_of(niedersachsen, manager).post("/ag/ag1/-/archivieren/", {"result": "Ein Leitfaden."})
    text = text_of(client_of(niedersachsen).get("/ag/ag1/"))
    assert "Ein Leitfaden." in text
    assert "archiviert" in text


def test_speaker_takes_in_and_removes(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        speaker, person = make_member(group, office="speaker"), make_colleague("Berta Neu")
        make_colleague("Ohne Konto", stands_for_function=True)
    browser = client_of(niedersachsen, speaker)
    text = text_of(browser.get("/ag/ag1/-/mitglieder/aufnehmen/"))
    assert "Berta Neu – Bildungsmanagement" in text
    assert "Ohne Konto" not in text
    answer = browser.post("/ag/ag1/-/mitglieder/aufnehmen/", {"person": str(person.pk)}, follow=True)
    assert "Berta Neu gehört jetzt zu" in text_of(answer)
    with bind(niedersachsen):
        row = row_of(group, person).pk
    answer = browser.post(f"/ag/ag1/-/mitglieder/{row}/entfernen/", {"reason": " "})
    assert answer.status_code == 422
    assert "Bitte ergänzen Sie diese Angabe." in text_of(answer)
    answer = browser.post(f"/ag/ag1/-/mitglieder/{row}/entfernen/", {"reason": "Aufgabe gewechselt."}, follow=True)
    assert "Berta Neu gehört nicht mehr zur Gruppe." in text_of(answer)
    assert browser.get(f"/ag/ag1/-/mitglieder/{row}/entfernen/").status_code == 404


def test_foreign_people_and_rows_change_nothing(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client], manager: Person
) -> None:
    with bind(bayern):
        stranger = make_member(make_workgroup("ag1"))
        foreign_row = GroupMembership.objects.get().pk
    with bind(niedersachsen):
        make_workgroup("ag1")
        other = make_member(make_workgroup("ag2"))
        other_row = GroupMembership.objects.get(person=other).pk
    browser = client_of(niedersachsen, manager)
    assert browser.post("/ag/ag1/-/mitglieder/aufnehmen/", {"person": str(stranger.pk)}).status_code == 422
    for row in (foreign_row, other_row):
        for answer in (
            browser.get(f"/ag/ag1/-/mitglieder/{row}/entfernen/"),
            browser.post(f"/ag/ag1/-/mitglieder/{row}/entfernen/", {"reason": "x"}),
        ):
            assert answer.status_code == 404
    for network in (niedersachsen, bayern):
        with bind(network):
            assert list(GroupMembership.objects.values_list("state", flat=True)) == ["active"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_members_page(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], django_assert_num_queries: Any, rows: int
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1")
        people = [make_member(group, office="speaker" if n == 0 else None) for n in range(rows)]
        for _ in range(rows):
            make_colleague()
    browser = client_of(niedersachsen, people[0])
    assert browser.get("/ag/ag1/-/mitglieder/").status_code == 200
    with django_assert_num_queries(9):
        browser.get("/ag/ag1/-/mitglieder/")
    assert browser.get("/ag/ag1/-/mitglieder/aufnehmen/").status_code == 200
    with django_assert_num_queries(10):
        browser.get("/ag/ag1/-/mitglieder/aufnehmen/")


def test_double_click_founds_one_subgroup(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        browser = client_of(niedersachsen, make_member(make_workgroup("ag1")))
    data = {"name": "Daten", "question": "Wie?\r\nWozu?", "expected_result": "Papier", "until": "2099-12-31"}
    answers = [browser.post("/ag/ag1/-/untergruppe-gruenden/", data) for _click in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/ag/ag1/uag-daten/")] * 2
    with bind(niedersachsen):
        assert Workgroup.objects.subgroups().count() == 1


def test_speaker_of_an_archived_group_reads_that_the_office_ends_by_leaving(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1")
        browser, member = (client_of(niedersachsen, make_member(group, office=office)) for office in ("speaker", None))
        Workgroup.objects.filter(pk=group.pk).update(state="archived")
    assert 'href="/ag/ag1/-/austreten/"' in text_of(browser.get("/ag/ag1/"))
    assert "Ihr Amt endet damit: Sprecher/-in." in text_of(browser.get("/ag/ag1/-/austreten/"))
    assert "Ihr Amt endet" not in text_of(member.get("/ag/ag1/-/austreten/"))
    assert browser.post("/ag/ag1/-/austreten/")["Location"] == "/ag/ag1/"

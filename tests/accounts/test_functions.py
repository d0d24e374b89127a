"""The functions of a network: seeded, chosen, renamed, merged, retired; each network has its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from dkbm.accounts import signup_choices
from dkbm.accounts.domain import functions, join_links
from dkbm.accounts.domain.people import create_author, create_member
from dkbm.accounts.domain.profiles import save_profile
from dkbm.accounts.domain.queries.functions import function_choices, function_labels, function_rows
from dkbm.accounts.enums import COMMON_FUNCTIONS
from dkbm.accounts.errors import FunctionRefusal, NotAllowed
from dkbm.accounts.models import Function, Person, Profile
from dkbm.audit.models import AuditEntry
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.visitor import Visitor, visitor_of
from tests.factories.groups import make_workgroup
from tests.factories.people import function_named, make_person
from workgroups.models import Workgroup

PATH = "/verwaltung/funktionen/"


@pytest.fixture
def actor(in_niedersachsen: BoundNetwork) -> Visitor:
    return visitor_of(make_person("Lena Leitung", roles=(Role.MANAGER,)))


@pytest.fixture
def leitung(niedersachsen: BoundNetwork, actor: Visitor, client_of: Callable[..., Client]) -> Client:
    return client_of(niedersachsen, actor.person)


def member(function: str, name: str = "Jana Behrens") -> Person:
    first, last = name.split()
    email = f"{last.lower()}@example.org"
    return create_member(email=email, first_name=first, last_name=last, function=function, municipality=None)


def facet(person: Person) -> list[str]:
    facets = SearchEntry.objects.get(type="person", key=str(person.pk)).facets
    return [each["label"] for each in facets if each["facet"] == "function"]


def path_of(slug: str, action: str = "") -> str:
    return f"{PATH}{function_named(slug).pk}/{action}"


def test_every_network_begins_with_the_common_list(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            assert function_choices() == list(COMMON_FUNCTIONS.items())
    assert len(COMMON_FUNCTIONS) == 25


def test_founding_again_leaves_what_managers_made_of_the_list(actor: Visitor) -> None:
    functions.edit_function(function=function_named("koko"), label="Ankommen", place=1, visitor=actor)
    functions.merge_functions(function=function_named("datenschutz"), into=function_named("itservice"), visitor=actor)
    functions.offer_function(function=function_named("seniorenbuero"), offered=False, visitor=actor)
    before = list(Function.objects.values())
    functions.seed_functions()
    assert list(Function.objects.values()) == before


def test_new_function_can_be_chosen_in_its_network_alone(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, leitung: Client, client_of: Callable[..., Client]
) -> None:
    response = leitung.post(PATH, {"label": "  Ehrenamts-\tKoordination "})
    assert (response.status_code, response["Location"]) == (302, PATH)
    assert function_choices()[-1] == ("ehrenamts-koordination", "Ehrenamts- Koordination")
    option = '<option value="ehrenamts-koordination">Ehrenamts- Koordination</option>'
    assert option in client_of(niedersachsen).get("/konto/signup/").content.decode()
    assert "Ehrenamts-" not in client_of(bayern).get("/konto/signup/").content.decode()
    log = leitung.get("/verwaltung/protokoll/").content.decode()
    assert "Lena Leitung hat die Funktion „Ehrenamts- Koordination“ angelegt." in log


@pytest.mark.parametrize("label", ["Statistikstelle", "STATISTIKSTELLE", " statistikstelle ", "ÖFFENTLICHKEITSARBEIT"])
def test_label_that_is_taken_is_refused_beside_the_field(leitung: Client, label: str) -> None:
    response = leitung.post(PATH, {"label": label})
    assert response.status_code == 422
    assert "gibt es schon." in response.content.decode()
    assert f'value="{label}"' in response.content.decode()
    assert Function.objects.count() == 25


def test_label_of_a_retired_function_is_taken_too(leitung: Client, actor: Visitor) -> None:
    functions.offer_function(function=function_named("koko"), offered=False, visitor=actor)
    page = leitung.post(PATH, {"label": "Koordination Neuzugewanderte (KoKo)"}).content.decode()
    assert "gibt es schon; sie wird nur nicht mehr angeboten." in page


def test_database_refuses_two_functions_of_one_label(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Function.objects.create(slug="zwei", label="bildungsmonitoring")


def test_label_of_another_network_is_free(in_niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(bayern):
        Function.objects.create(slug="ganztag", label="Ganztag")
    assert functions.take_in_functions({"ganztag": "Ganztag"}) == ["Ganztag"]


def test_renaming_keeps_everybodys_choice_and_shows_the_new_label(leitung: Client, actor: Visitor) -> None:
    person, author = member("koko"), create_author(function="koko", municipality=None)
    group = make_workgroup(member_functions=["koko"])
    response = leitung.post(path_of("koko"), {"label": "Ankommen und Bleiben", "place": "5"})
    assert response.status_code == 302
    assert Profile.objects.get(person=person).function == function_named("koko")
    assert facet(person) == ["Ankommen und Bleiben"]
    assert Person.objects.get(pk=author.pk).last_name == "Ankommen und Bleiben"
    assert "Ankommen und Bleiben" in SearchEntry.objects.get(type="workgroup", key=str(group.pk)).body
    assert "Für Ankommen und Bleiben" in [text for _value, _label, text in signup_choices.choices()]
    page = leitung.get(f"/konto/person/{person.pk}/").content.decode()
    assert "Ankommen und Bleiben" in page
    log = leitung.get("/verwaltung/protokoll/").content.decode()
    assert "die Funktion „Koordination Neuzugewanderte (KoKo)“ in „Ankommen und Bleiben“ umbenannt." in log


@pytest.mark.parametrize(("place", "expected"), [("1", 0), ("3", 2), ("25", 24)])
def test_place_in_the_list(leitung: Client, place: str, expected: int) -> None:
    function = function_named("koko")
    leitung.post(path_of("koko"), {"label": function.label, "place": place})
    keys = [slug for slug, _label in function_choices()]
    assert keys.index("koko") == expected
    assert [key for key in keys if key != "koko"] == [key for key in COMMON_FUNCTIONS if key != "koko"]
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("data", [{"label": "", "place": "1"}, {"label": "X", "place": "26"}, {"label": "x" * 201}])
def test_wrong_answers_come_back_with_what_was_typed(leitung: Client, data: dict[str, str]) -> None:
    response = leitung.post(path_of("koko"), data)
    assert response.status_code == 422
    assert f'value="{data["label"]}"' in response.content.decode() or not data["label"]
    assert function_named("koko").label == COMMON_FUNCTIONS["koko"]


def test_merging_gives_everybody_the_other_function(leitung: Client, actor: Visitor) -> None:
    person, other = member("koko"), member("integrationsbeauftragte", "Uwe Anders")
    waiting = make_person("Willi Wartet", state=MembershipState.REQUESTED)
    Profile.objects.create(person=waiting, function=function_named("koko"))
    group = make_workgroup(member_functions=["sprachfoerderung", "koko", "integrationsbeauftragte"])
    target = function_named("integrationsbeauftragte")
    response = leitung.post(path_of("koko", "zusammenfuehren/"), {"into": target.pk})
    assert response.status_code == 302
    for each in (person, other, waiting):
        assert Profile.objects.get(person=each).function == target
    assert facet(person) == facet(other) == ["Integrationsbeauftragte"]
    assert Workgroup.objects.get(pk=group.pk).member_functions == ["sprachfoerderung", "integrationsbeauftragte"]
    assert "koko" not in dict(function_choices())
    log = leitung.get("/verwaltung/protokoll/").content.decode()
    assert "„Koordination Neuzugewanderte (KoKo)“ mit „Integrationsbeauftragte“ zusammengeführt." in log


def test_key_of_a_merged_function_means_what_took_its_place(actor: Visitor) -> None:
    """Forms that were open, mailed links and files go on naming it, also after a second merging."""
    for slug, into in (("koko", "sprachfoerderung"), ("sprachfoerderung", "integrationsbeauftragte")):
        functions.merge_functions(function=function_named(slug), into=function_named(into), visitor=actor)
    person = member("koko")
    assert Profile.objects.get(person=person).function_label == "Integrationsbeauftragte"
    assert function_labels()["koko"] == "Integrationsbeauftragte"
    assert make_workgroup(member_functions=["koko"]).member_functions == ["integrationsbeauftragte"]
    assert functions.take_in_functions({"koko": "Koordination Neuzugewanderte (KoKo)"}) == []


def test_link_mailed_before_the_merging_offers_what_took_the_place(
    niedersachsen: BoundNetwork, actor: Visitor, client_of: Callable[..., Client]
) -> None:
    link = join_links.send(email="neu@example.org", suggested={"function": "koko"})
    functions.merge_functions(function=function_named("koko"), into=function_named("sprachfoerderung"), visitor=actor)
    page = client_of(niedersachsen).get(f"/konto/beitreten/{join_links.token_for(link)}/").content.decode()
    assert '<option value="sprachfoerderung" selected>' in page


def test_merged_function_is_gone_from_the_list_and_its_label_is_free(leitung: Client, actor: Visitor) -> None:
    path = path_of("koko")
    label = function_named("koko").label
    functions.merge_functions(function=function_named("koko"), into=function_named("sprachfoerderung"), visitor=actor)
    assert leitung.get(path).status_code == leitung.post(f"{path}anbieten/", {"offered": "1"}).status_code == 404
    assert leitung.post(PATH, {"label": label}).status_code == 302
    assert function_choices()[-1] == ("koordination-neuzugewanderte-koko", label)


@pytest.mark.parametrize("into", ["transferagentur", "koko", None])
def test_merging_into_what_is_no_other_function_of_the_list_is_refused(
    leitung: Client, bayern: BoundNetwork, into: str | None
) -> None:
    with bind(bayern):
        foreign = function_named("datenschutz").pk
    chosen = function_named(into).pk if into else foreign
    response = leitung.post(path_of("koko", "zusammenfuehren/"), {"into": chosen})
    assert response.status_code == 422
    assert function_named("koko").merged_into is None


def test_agencys_function_can_be_renamed_and_nothing_else(leitung: Client, actor: Visitor) -> None:
    agency, other = function_named("transferagentur"), function_named("koko")
    for step in (
        lambda: functions.offer_function(function=agency, offered=False, visitor=actor),
        lambda: functions.merge_functions(function=agency, into=other, visitor=actor),
        lambda: functions.merge_functions(function=other, into=agency, visitor=actor),
    ):
        with pytest.raises(FunctionRefusal):
            step()
    leitung.post(path_of("transferagentur", "anbieten/"), {"offered": "0"})
    assert "Sie bleibt, wie sie ist." in leitung.get(path_of("transferagentur")).content.decode()
    assert function_named("transferagentur").is_offered
    functions.edit_function(function=agency, label="Team der Agentur", place=25, visitor=actor)
    person = member("transferagentur")
    assert Profile.objects.get(person=person).organisation_line == "Transferagentur Niedersachsen"


def test_retired_function_is_not_offered_and_stays_with_its_people(
    niedersachsen: BoundNetwork, leitung: Client, client_of: Callable[..., Client], form_data: Callable[..., Any]
) -> None:
    person = member("koko")
    path = path_of("koko", "anbieten/")
    assert leitung.post(path, {"offered": "0"}).status_code == 302
    assert leitung.post(path, {"offered": "0"}).status_code == 302  # sent twice: once in the log
    assert AuditEntry.objects.filter(action="function.retired").count() == 1
    guest = client_of(niedersachsen)
    assert 'value="koko"' not in guest.get("/konto/signup/").content.decode()
    assert guest.post("/konto/signup/", form_data(function="koko")).status_code == 422
    own = client_of(niedersachsen, person).get("/konto/profil/").content.decode()
    assert '<option value="koko" selected>' in own
    save_profile(
        person=person, first_name="J", last_name="B", function="koko", municipality=None, phone="", about="Neu"
    )
    assert Profile.objects.get(person=person).function_label == "Koordination Neuzugewanderte (KoKo)"
    leitung.post(path, {"offered": "1"})
    assert 'value="koko"' in guest.get("/konto/signup/").content.decode()


def test_functions_are_edited_by_managers_alone(in_niedersachsen: BoundNetwork) -> None:
    mia = visitor_of(make_person("Mia Mitglied"))
    one, other = function_named("koko"), function_named("datenschutz")
    for step in (
        lambda: functions.add_function(label="Neu", visitor=mia),
        lambda: functions.edit_function(function=one, label="Neu", place=1, visitor=mia),
        lambda: functions.merge_functions(function=one, into=other, visitor=mia),
        lambda: functions.offer_function(function=one, offered=False, visitor=mia),
    ):
        with pytest.raises(NotAllowed):
            step()
    assert function_choices() == list(COMMON_FUNCTIONS.items())


def test_merging_in_one_network_leaves_the_other_alone(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, actor: Visitor
) -> None:
    with bind(bayern):
        there = member("koko", "Sepp Huber")
    functions.merge_functions(function=function_named("koko"), into=function_named("sprachfoerderung"), visitor=actor)
    functions.edit_function(function=function_named("datenschutz"), label="Schutz", place=1, visitor=actor)
    with bind(bayern):
        assert Profile.objects.get(person=there).function == function_named("koko")
        assert facet(there) == ["Koordination Neuzugewanderte (KoKo)"]
        assert function_choices() == list(COMMON_FUNCTIONS.items())


def test_list_counts_active_members(leitung: Client, actor: Visitor) -> None:
    member("koko"), member("koko", "Uwe Anders")
    create_author(function="koko", municipality=None)
    waiting = make_person("Willi Wartet", state=MembershipState.REQUESTED)
    Profile.objects.create(person=waiting, function=function_named("koko"))
    counts = {row.function.slug: row.people for row in function_rows()}
    assert (counts["koko"], counts["datenschutz"]) == (2, 0)
    assert "2 Personen" in leitung.get(PATH).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(
    leitung: Client, actor: Visitor, django_assert_num_queries: Callable[..., Any], rows: int
) -> None:
    for number in range(rows):
        functions.add_function(label=f"Neue Funktion {number}", visitor=actor)
        member(f"neue-funktion-{number}", f"Person Nummer{number}")
    leitung.get(PATH)
    with django_assert_num_queries(9):
        assert leitung.get(PATH).status_code == 200


def test_unknown_key_is_refused(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(ValueError, match="Die Funktion „zauberei“ gibt es in diesem Netzwerk nicht"):
        member("zauberei")


def test_declared_label_that_another_key_has_is_another_name_of_that_function(in_niedersachsen: BoundNetwork) -> None:
    functions.take_in_functions({"ehrenamt": "Ehrenamtskoordination", "ehrenamts-koo": "EHRENAMTSKOORDINATION"})
    assert function_choices()[25:] == [("ehrenamt", "Ehrenamtskoordination")]
    assert Profile.objects.get(person=member("ehrenamts-koo")).function == function_named("ehrenamt")

"""What the pages show, to whom, and in how many queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.domain.people import create_author
from dkbm.municipalities.models import Municipality
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from tests.factories.groups import (
    join_group,
    make_colleague,
    make_concept_group,
    make_member,
    make_subgroup,
    make_workgroup,
    row_of,
)
from tests.factories.people import settle
from workgroups.domain.groups import put_in_group
from workgroups.models import GroupMembership, Workgroup


@pytest.fixture
def verden(db: None) -> Municipality:
    with bind_all("register", as_owner=True):
        return Municipality.objects.create(slug="landkreis-verden-test", name="Landkreis Verden", kind="landkreis")


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.count("<h1") == 1
    return " ".join(text.split())


def test_empty_list_says_what_to_do(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    assert "Noch keine Arbeitsgruppe" in page(client_of(niedersachsen), "/ag/")


def test_main_action_of_a_group_depends_on_the_visitor(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        colleague, member, asking = make_colleague(), make_member(group), make_colleague()
    client_of(niedersachsen, asking).post("/ag/ag1/-/beitreten/", {"message": ""})
    for person, action in (
        (None, '<a class="btn" href="/konto/signup/?next=%2Fag%2Fag1%2F&amp;von=seite">Registrieren</a>'),
        (colleague, '<a class="btn" href="/ag/ag1/-/beitreten/">Aufnahme anfragen</a>'),
        (member, '<a class="btn" href="/forum/ag1/neu/">'),
        (asking, ""),
    ):
        text = page(client_of(niedersachsen, person), "/ag/ag1/")
        assert [text.count(action), text.count('<a class="btn"')] == ([1, 1] if action else [len(text) + 1, 0])


def test_only_members_of_the_network_withdraw_their_request_on_the_page_of_the_group(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        waiting, member = make_colleague(state="requested"), make_colleague()
        for person in (waiting, member):
            GroupMembership.objects.create(workgroup=group, person=person, state="requested")
    button, way_out = 'action="/ag/ag1/-/anfrage-zurueckziehen/"', "Stand ansehen oder Anfrage zurückziehen"
    for person, offered in ((waiting, way_out), (member, button)):
        client = client_of(niedersachsen, person)
        text = page(client, "/ag/ag1/")
        assert [what for what in (button, way_out) if what in text] == [offered]
    assert client_of(niedersachsen, waiting).get("/konto/austreten/").status_code == 200  # ends the group's request too
    assert client.post("/ag/ag1/-/anfrage-zurueckziehen/").status_code == 302


def test_list_shows_own_groups_first(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        make_workgroup("ag1", number=1, name="Erste")
        ag2 = make_workgroup("ag2", number=2, name="Zweite")
        make_subgroup(ag2)
        person = make_member(ag2)
    text = page(client_of(niedersachsen, person), "/ag/")
    assert text.index("Ihre Gruppen") < text.index("AG 2 Zweite") < text.index("Weitere Gruppen") < text.index("AG 1")
    assert "gegründet 2017 · 1 Mitglied · 1 offene Unterarbeitsgruppe" in text
    assert "gegründet 2017 · 0 Mitglieder · keine offene Unterarbeitsgruppe" in text


def test_guests_see_the_public_part_alone(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], verden: Municipality
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1, description="Worum es geht.", aims=["Ein Ziel"])
        make_subgroup(group)
        make_member(group, "Anna Sprecherin", office="speaker", function="bildungsmonitoring", municipality=verden)
        make_member(group, "Maria Geheim")
        colleague = make_colleague()
    for browser in (client_of(niedersachsen), client_of(niedersachsen, colleague)):
        text = page(browser, "/ag/ag1/")
        assert "Worum es geht." in text
        assert "Ein Ziel" in text
        assert "<b>Sprecher/-in</b>" in text
        assert "Bildungsmonitoring, <a" in text
        assert ">Landkreis Verden</a>" in text
        assert "Geheim" not in text
        assert "Kleinräumige Daten" not in text
        assert "/forum/ag1/" not in text
    assert "Anna Sprecherin" not in page(client_of(niedersachsen), "/ag/ag1/")
    assert "Anna Sprecherin" in page(client_of(niedersachsen, colleague), "/ag/ag1/")


def test_members_see_everything(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], verden: Municipality
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        make_subgroup(group)
        make_member(group, "Anna Sprecherin", office="speaker", municipality=verden)
        person = make_member(group, "Maria <b>Muster</b>", function="koko", municipality=verden)
        manager = make_colleague(roles=("manager",))
    for viewer in (person, manager):
        text = page(client_of(niedersachsen, viewer), "/ag/ag1/")
        assert "2 Mitglieder" in text
        assert "Maria &lt;b&gt;Muster&lt;/b&gt;" in text
        assert "Koordination Neuzugewanderte (KoKo)," in text
        assert ">Landkreis Verden</a>" in text
        assert "/ag/ag1/uag-daten/" in text
        assert "/forum/ag1/" in text
        assert person.email not in text


def test_closed_subgroup_shows_its_result(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        make_subgroup(group, closed="2023-09-14", result="Ein Bogen mit acht Feldern.")
        person = make_member(group)
    text = page(client_of(niedersachsen, person), "/ag/ag1/uag-daten/")
    assert "ist abgeschlossen und kann nur noch gelesen werden." in text
    assert "Ein Bogen mit acht Feldern." in text
    assert "Beitreten" not in text


def test_outsider_reads_why_and_may_ask_for_both(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1, name="Bildung")
        subgroup = make_subgroup(group)
        person = make_colleague()
    browser = client_of(niedersachsen, person)
    answer = browser.get("/ag/ag1/uag-daten/")
    assert answer.status_code == 403
    assert "Unterarbeitsgruppen sehen nur die Mitglieder von „AG 1 Bildung“." in answer.content.decode()
    assert "/ag/ag1/uag-daten/-/beitreten/" in answer.content.decode()
    answer = browser.post("/ag/ag1/uag-daten/-/beitreten/", {"message": "Gern."}, follow=True)
    assert answer.redirect_chain == [("/ag/ag1/", 302)]
    assert "Ihre Anfrage ist eingegangen." in answer.content.decode()
    with bind(niedersachsen):
        assert [row_of(each, person).state for each in (group, subgroup)] == ["requested", "requested"]


def test_from_request_to_leaving(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        speaker, person = make_member(group, office="speaker"), make_colleague("Jana Oltmanns")
    guest, host = client_of(niedersachsen, person), client_of(niedersachsen, speaker)
    guest.post("/ag/ag1/-/beitreten/", {"message": "<script>alert(1)</script>"})
    text = page(host, "/ag/ag1/-/anfragen/")
    assert "Jana Oltmanns" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "1 wartet auf Sie" in page(host, "/ag/ag1/")
    assert "1 Anfrage wartet auf Sie" in page(host, "/")
    with bind(niedersachsen):
        row = row_of(group, person)
    answer = host.post(f"/ag/ag1/-/anfragen/{row.pk}/aufnehmen/", follow=True)
    assert "Jana Oltmanns gehört jetzt zu" in answer.content.decode()
    assert "/forum/ag1/" in page(guest, "/ag/ag1/")
    answer = guest.post("/ag/ag1/-/austreten/", follow=True)
    assert "ausgetreten" in answer.content.decode()
    with bind(niedersachsen):
        assert row_of(group, person).state == "left"


def test_refusing_without_reason_keeps_what_was_typed(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        speaker, person = make_member(group, office="speaker"), make_colleague()
        row = group.memberships.create(person=person, state="requested")
    host = client_of(niedersachsen, speaker)
    assert host.post(f"/ag/ag1/-/anfragen/{row.pk}/ablehnen/", {"reason": ""}).status_code == 422
    answer = host.post(f"/ag/ag1/-/anfragen/{row.pk}/ablehnen/", {"reason": "x" * 1001})
    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()
    host.post(f"/ag/ag1/-/anfragen/{row.pk}/ablehnen/", {"reason": "Die Gruppe ist voll."})
    assert "Die Gruppe ist voll." in page(client_of(niedersachsen, person), "/ag/ag1/")


def test_founding_and_closing_a_subgroup(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        person = make_member(make_workgroup("ag1", number=1))
    browser = client_of(niedersachsen, person)
    data = {"name": "Räume", "question": "Wie?", "expected_result": "Papier", "until": "2020-01-01"}
    answer = browser.post("/ag/ag1/-/untergruppe-gruenden/", data)
    assert answer.status_code == 422
    assert "Bitte wählen Sie einen Tag in der Zukunft." in answer.content.decode()
    assert 'value="Räume"' in answer.content.decode()
    answer = browser.post("/ag/ag1/-/untergruppe-gruenden/", {**data, "until": "2099-01-01"}, follow=True)
    assert answer.redirect_chain == [("/ag/ag1/uag-raeume/", 302)]
    assert browser.post("/ag/ag1/uag-raeume/-/abschliessen/", {"result": ""}).status_code == 422
    answer = browser.post("/ag/ag1/uag-raeume/-/abschliessen/", {"result": "Ein Papier."}, follow=True)
    assert "Ein Papier." in answer.content.decode()


def test_lead_invites_and_members_join_by_themselves(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1, name="Daten")
        lead, member, other = (make_member(group, name) for name in ("Lena Leitung", "Mia Mitglied", "Olaf Ohne"))
        stranger = make_colleague("Fremde Person")
        subgroup = make_subgroup(group, founder=lead)
        manager = make_member(group, roles=("manager",))
    browser, url = client_of(niedersachsen, lead), "/ag/ag1/uag-daten/-/einladen/"
    assert url in page(browser, "/ag/ag1/uag-daten/")
    text = page(client_of(niedersachsen, manager), "/ag/ag1/uag-daten/")
    assert f'<a class="btn quiet" href="{url}">Mitglieder einladen</a>' in text
    assert '<button class="btn quiet">Beitreten</button>' in text
    text = page(browser, url)
    assert [name in text for name in ("Mia Mitglied", "Olaf Ohne", "Fremde Person")] == [True, True, False]
    for people in ([], [str(stranger.pk)]):
        assert browser.post(url, {"people": people, "message": "Hallo"}).status_code == 422
    for _pressed in range(2):
        answer = browser.post(url, {"people": [str(member.pk)], "message": "Wir treffen uns am Montag."}, follow=True)
        assert "Die Einladung ist unterwegs." in answer.content.decode()
    with bind(niedersachsen):
        mail = Mail.objects.get(kind="group.invited")
        assert (mail.recipient, mail.subject) == (member, "Einladung: Kleinräumige Daten")
        assert "Wir treffen uns am Montag." in mail.body
        assert not subgroup.memberships.filter(person=member).exists()
    assert "Beitreten" in page(client_of(niedersachsen, member), mail.path)
    assert client_of(niedersachsen, other).post(url, {"people": [str(member.pk)]}).status_code == 403


def test_long_list_of_those_to_invite_is_narrowed_and_forgets_nothing(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        lead, other, _umlaut = (make_member(group, name) for name in ("Lena Leitung", "Olaf Ohne", "Änne Müller"))
        for number in range(9):
            make_member(group, f"Mia Mitglied{number}")
        make_subgroup(group, founder=lead)
    browser, url = client_of(niedersachsen, lead), "/ag/ag1/uag-daten/-/einladen/"
    assert 'name="eingrenzen"' in page(browser, url)
    sent = {"part": "  aenne MUELL", "people": [str(other.pk), "unsinn"], "message": "Kommt!", "eingrenzen": "1"}
    answer = browser.post(url, sent)
    text = answer.content.decode()
    assert (answer.status_code, "Änne Müller" in text, "Mia Mitglied" in text) == (200, True, False)
    assert re.search(rf'value="{other.pk}"[^>]*checked', text)
    assert "Kommt!" in text
    assert "„nie|mand“ kommt bei niemandem vor." in browser.post(url, {**sent, "part": "nie|mand"}).content.decode()
    assert "Bildungsmanagement" in browser.post(url, {**sent, "part": "bildungsman mitglied3"}).content.decode()
    with bind(niedersachsen):
        assert not Mail.objects.filter(kind="group.invited").exists()
    del sent["eingrenzen"]
    assert browser.post(url, {**sent, "people": [str(other.pk)]}).status_code == 302
    with bind(niedersachsen):
        assert Mail.objects.get(kind="group.invited").recipient == other


def test_subgroup_without_an_expected_result_is_changed_without_one(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    """As imports bring them. What stands there can be said otherwise, but not taken away."""
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        lead = make_member(group)
        subgroup = make_subgroup(group, founder=lead)
        Workgroup.objects.filter(pk=subgroup.pk).update(expected_result="Ein Bogen.")
    browser, url = client_of(niedersachsen, lead), "/ag/ag1/uag-daten/-/bearbeiten/"
    data = {"name": "Räume", "question": "Wie lange noch?", "expected_result": ""}
    assert browser.post(url, data).status_code == 422
    with bind(niedersachsen):
        Workgroup.objects.filter(pk=subgroup.pk).update(expected_result="", question="")
    assert browser.post(url, {**data, "question": ""})["Location"] == "/ag/ag1/uag-daten/"


def test_manager_from_outside_reads_that_the_subgroup_is_asked_for_with_its_ag(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1, name="Daten")
        make_subgroup(group)
        manager, member = make_colleague(roles=("manager",)), make_member(group)
    outside, inside = (page(client_of(niedersachsen, who), "/ag/ag1/uag-daten/") for who in (manager, member))
    assert "Beitreten können Mitglieder von „AG 1 Daten“. Sie fragen beides in einem Schritt an." in outside
    assert "Jedes Mitglied" not in outside
    assert "Jedes Mitglied der Arbeitsgruppe kann beitreten." in inside


def test_address_in_what_a_group_says_is_a_link(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        result = "Liegt auf www.example.org/_ag_/bogen.pdf, 5*3*2 Felder."
        Workgroup.objects.filter(pk=group.pk).update(state="archived", result=result)
    text = page(client_of(niedersachsen), "/ag/ag1/")
    assert 'href="https://www.example.org/_ag_/bogen.pdf"' in text
    assert "5*3*2 Felder." in text


def test_lead_changes_what_the_subgroup_says(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        lead, member = make_member(group), make_member(group)
        make_subgroup(group, founder=lead)
    url = "/ag/ag1/uag-daten/-/bearbeiten/"
    data = {"name": "Räume", "question": "Wie lange noch?", "expected_result": "Papier", "until": "2020-01-01"}
    browser = client_of(niedersachsen, lead)
    assert "Bitte wählen Sie einen Tag in der Zukunft." in browser.post(url, data).content.decode()
    answer = browser.post(url, {**data, "until": "2099-05-31"}, follow=True)
    assert answer.redirect_chain == [("/ag/ag1/uag-daten/", 302)]
    text = answer.content.decode()
    assert all(words in text for words in ("Räume", "Wie lange noch?", "31. Mai 2099"))
    assert client_of(niedersachsen, member).post(url, data).status_code == 403


def test_lead_hands_over_a_subgroup(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        lead, member, outside = (make_member(group, name) for name in ("Lena Leitung", "Mia Mitglied", "Olaf Ohne"))
        subgroup = make_subgroup(group, founder=lead)
        put_in_group(workgroup=subgroup, person=member)
    browser, url = client_of(niedersachsen, lead), "/ag/ag1/uag-daten/-/aemter/"
    assert "Olaf Ohne" not in page(browser, url)
    assert browser.post(url, {"lead": str(outside.pk)}).status_code == 422
    answer = browser.post(url, {"lead": str(member.pk)}, follow=True)
    assert answer.redirect_chain == [("/ag/ag1/uag-daten/", 302)]
    assert "Die Leitung ist übergeben." in answer.content.decode()
    with bind(niedersachsen):
        assert subgroup.memberships.get(office="lead").person == member


def test_manager_gives_offices_and_seats(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        concept, group = make_concept_group(), make_workgroup("ag1", number=1)
        people = [make_member(group, f"{letter} Mitglied") for letter in "ABCDEF"]
        manager = make_colleague(roles=("manager",))
    browser = client_of(niedersachsen, manager)
    ids = [str(person.pk) for person in people]
    answer = browser.post("/ag/ag1/-/aemter/", {"speaker": ids[0], "deputy": ids[0]})
    assert answer.status_code == 422
    assert "brauchen zwei verschiedene Personen" in answer.content.decode()
    answer = browser.post("/ag/ag1/-/aemter/", {"speaker": ids[0], "deputy": ids[1], "further": ids[2:]})
    assert answer.status_code == 422
    assert "höchstens 3 weitere Mitglieder" in answer.content.decode()
    with bind(niedersachsen):
        assert group.memberships.exclude(office="").count() == 0
    answer = browser.post("/ag/ag1/-/aemter/", {"speaker": ids[0], "deputy": ids[1], "further": ids[2:5]})
    assert answer.status_code == 302
    with bind(niedersachsen):
        assert concept.memberships.filter(state="active").count() == 5
    assert "für AG 1" in page(client_of(niedersachsen, people[0]), "/ag/konzeptgruppe/")
    assert "A Mitglied" not in page(client_of(niedersachsen, people[5]), "/ag/konzeptgruppe/")
    assert "A Mitglied" in page(browser, "/ag/konzeptgruppe/")


def test_home_says_where_to_begin(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        person = make_colleague()
    assert "<h3>Gruppe wählen</h3>" in page(client_of(niedersachsen, person), "/")
    with bind(niedersachsen):
        settle(person)
    assert "Sie sind noch in keiner Gruppe" in page(client_of(niedersachsen, person), "/")
    assert "Meine Gruppen" not in page(client_of(niedersachsen), "/")


def warm(client: Client, url: str) -> None:
    """Fill what the process remembers (site paths, content types) before counting."""
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("visitor", "queries"), [("guest", 2), ("member", 7)])
def test_queries_of_the_list(
    niedersachsen: BoundNetwork,
    client_of: Callable[..., Client],
    django_assert_num_queries: Any,
    rows: int,
    visitor: str,
    queries: int,
) -> None:
    with bind(niedersachsen):
        groups = [make_workgroup() for _ in range(rows)]
        person = make_member(groups[0])
        for group in groups[1:]:
            put_in_group(workgroup=group, person=person)
    browser = client_of(niedersachsen, person if visitor == "member" else None)
    warm(browser, "/ag/")
    with django_assert_num_queries(queries):
        browser.get("/ag/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_group_page(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], django_assert_num_queries: Any, rows: int
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", aims=["Ein Ziel"])
        people = [make_member(group, office=office) for office in ("speaker", "deputy", None)[:rows]]
        for n in range(rows):
            subgroup = make_subgroup(group, f"uag-{n}")
            put_in_group(workgroup=subgroup, person=people[0])
    browser = client_of(niedersachsen, people[0])
    warm(browser, "/ag/ag1/")
    with django_assert_num_queries(16):
        browser.get("/ag/ag1/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_a_subgroup_page(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], django_assert_num_queries: Any, rows: int
) -> None:
    with bind(niedersachsen):
        group = make_subgroup(make_workgroup("ag1"))
        people = [make_member(group, office="lead" if n == 0 else None) for n in range(rows)]
    browser = client_of(niedersachsen, people[0])
    warm(browser, "/ag/ag1/uag-daten/")
    with django_assert_num_queries(14):
        browser.get("/ag/ag1/uag-daten/")


def test_rows_and_pages_of_the_same_name_stay_in_their_network(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    for network, name in ((niedersachsen, "Nord"), (bayern, "Süd")):
        with bind(network):
            make_workgroup("ag1", number=1, name=name)
    assert "AG 1 Nord" in page(client_of(niedersachsen), "/ag/ag1/")
    assert "AG 1 Süd" in page(client_of(bayern), "/ag/ag1/")
    with bind(bayern):
        assert Workgroup.objects.count() == 1


def test_lead_hands_over_to_somebody_else(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        ag = make_workgroup("ag1", number=1)
        lead, member = make_member(ag, "Lena Leitung"), make_member(ag, "Maria Mitglied")
        subgroup = make_subgroup(ag, founder=lead)
    client, url = client_of(niedersachsen, lead), "/ag/ag1/uag-daten/-/aemter/"
    assert "Außer der Leitung gehört noch niemand zur Gruppe." in page(client, url)
    with bind(niedersachsen):
        join_group(subgroup, member)
    text = page(client, url)
    assert f'<option value="{member.pk}">' in text
    assert f'<option value="{lead.pk}">' not in text
    assert client.post(url, {"lead": str(lead.pk)}).status_code == 422
    client.post(url, {"lead": str(member.pk)})
    with bind(niedersachsen):
        assert row_of(subgroup, member).office == "lead"


def test_page_to_join_says_whether_somebody_is_asked(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        ag = make_workgroup("ag1", number=1, name="Daten")
        make_subgroup(ag)
        member, outsider = make_member(ag), make_colleague()
    url = "/ag/ag1/uag-daten/-/beitreten/"
    text = page(client_of(niedersachsen, member), url)
    assert "„Kleinräumige Daten“ beitreten</h1>" in text
    assert "Als Mitglied von „AG 1 Daten“ gehören Sie sofort dazu." in text
    assert '<button class="btn">Beitreten</button>' in text
    assert "nfrage" not in text.split("<main")[1]
    assert "E-Mails aus dieser Gruppe" in text
    assert "Sie erhalten eine E-Mail" not in text
    text = page(client_of(niedersachsen, outsider), url)
    assert "Anfrage abschicken" in text
    answer = client_of(niedersachsen, member).post(url, follow=True)
    assert "Sie sind jetzt Mitglied von „Kleinräumige Daten“." in answer.content.decode()


def test_managers_read_how_they_belong_to_the_concept_group(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        speaker = make_member(make_workgroup("ag1", number=1), office="speaker")
        group = make_concept_group()
        manager = make_colleague(roles=("manager",))
    text = page(client_of(niedersachsen, manager), group.get_absolute_url())
    assert "<h2>Ihre Mitgliedschaft</h2> <p>Als Netzwerkleitung gehören Sie der Konzeptgruppe an" in text
    assert "Sie sind Mitglied dieser Gruppe." not in text
    assert "<h2>Mitmachen</h2>" not in text
    assert "Sie sind Mitglied dieser Gruppe." in page(client_of(niedersachsen, speaker), group.get_absolute_url())


def test_group_counts_the_members_that_its_list_names(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], verden: Municipality
) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        person = make_member(group, "Maria Muster")
        put_in_group(workgroup=group, person=create_author(function="koko", municipality=verden), office="deputy")
    browser = client_of(niedersachsen, person)
    assert "· 1 Mitglied ·" in page(browser, "/ag/")
    text = page(browser, "/ag/ag1/")
    assert '<h2 id="mitglieder">1 Mitglied</h2>' in text
    assert text.partition('id="mitglieder"')[2].partition("</section>")[0].count('<div class="person">') == 1
    assert "<b>Stellvertretung</b>" in text  # whom to ask


def test_own_office_is_said_in_a_plain_sentence(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        speaker = make_member(make_workgroup("ag1", number=1), office="speaker")
    assert "Ihr Amt in dieser Gruppe: Sprecher/-in." in page(client_of(niedersachsen, speaker), "/ag/ag1/")

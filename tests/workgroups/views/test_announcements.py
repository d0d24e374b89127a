"""The pages of announcements: three steps without scripts, who gets which answer, and where they are pinned."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.notifications.domain.telling_many import tell_crowd
from dkbm.notifications.models import Crowd, Notification
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import make_colleague, make_member, make_workgroup
from workgroups.domain.announcements import send_announcement
from workgroups.models import Announcement, Workgroup

ClientOf = Callable[..., Client]
FORM = "/ag/ag1/-/rundschreiben/neu/"
TYPED = {"selection": "everybody:", "subject": "Nächstes Treffen", "text": "Wir treffen uns **anders**.\n\nBis dann"}
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)> **fett**"


class Scene:
    def __init__(self, network: BoundNetwork, client_of: ClientOf) -> None:
        self.network = network
        with bind(network):
            self.group = make_workgroup("ag1", number=1)
            self.people: dict[str, Person | None] = {
                "guest": None,
                "waiting": make_colleague("Willi Wartet", state="requested"),
                "colleague": make_colleague("Otto Draussen"),
                "member": make_member(self.group, "Anna A"),
                "other member": make_member(self.group, "Bert B", function="bildungsmonitoring"),
                "deputy": make_member(self.group, "Dirk D", office="deputy"),
                "speaker": make_member(self.group, "Sabine S", office="speaker"),
                "manager": make_colleague("Doris L", roles=("manager",)),
            }
        self.clients = {role: client_of(network, person) for role, person in self.people.items()}

    def sent(self, role: str = "speaker", *, group: Workgroup | None = None, **fields: Any) -> Announcement:
        with bind(self.network):
            visitor = visitor_of(self.people[role])
            sent = send_announcement(**{"group": group, "visitor": visitor, **TYPED, **fields})
            for crowd in Crowd.objects.all():
                tell_crowd(crowd_id=crowd.pk)
            return sent


@pytest.fixture
def scene(niedersachsen: BoundNetwork, client_of: ClientOf) -> Scene:
    return Scene(niedersachsen, client_of)


def hidden_of(page: str) -> dict[str, str]:
    """What the page's form sends along."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def count(network: BoundNetwork) -> int:
    with bind(network):
        return Announcement.objects.count()


def test_three_steps_and_back(scene: Scene) -> None:
    """Write, look, go back, look again, send: all that was typed goes along, in hidden fields."""
    speaker = scene.clients["speaker"]
    first = speaker.get(FORM).text
    key = hidden_of(first)["client_key"]
    preview = speaker.post(FORM, {**TYPED, "client_key": key})
    assert preview.status_code == 200
    assert "An 3 Personen senden" in preview.text
    assert "<strong>anders</strong>" in preview.text
    assert "<b>2</b> von 3 im Tagesüberblick" in preview.text
    assert "<b>1</b> von 3 sofort per E-Mail" in preview.text
    assert [name in preview.text for name in ("Anna A", "Bert B", "Dirk D")] == [True, True, True]
    carried = hidden_of(preview.text)
    assert carried == {**TYPED, "client_key": key}
    back = speaker.post(FORM, {**carried, "zurueck": "1"})
    assert back.status_code == 200
    assert 'value="Nächstes Treffen"' in back.text
    assert "Wir treffen uns **anders**.\n\nBis dann</textarea>" in back.text.replace("\r\n", "\n")
    assert hidden_of(back.text)["client_key"] == key
    assert count(scene.network) == 0
    sent = speaker.post(FORM, {**carried, "senden": "1"}, follow=True)
    assert "Ihr Rundschreiben geht an 3 Personen." in sent.text
    assert "Gelesen von 0 von 3." in sent.text
    again = speaker.post(FORM, {**carried, "senden": "1"})
    assert (again.status_code, count(scene.network)) == (302, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"subject": "x" * 200}, "Der Betreff hat 200 Zeichen, höchstens 150 passen."),
        ({"subject": ""}, "Bitte geben Sie einen Betreff an."),
        ({"text": " "}, "Bitte schreiben Sie einen Text."),
        ({"text": "x" * 5001}, "Ihr Text hat 5.001 Zeichen, höchstens 5.000 passen."),
        ({"selection": "function:gibt-es-nicht"}, "Diese Auswahl gibt es hier nicht."),
        ({"selection": ""}, "Bitte wählen Sie, an wen Sie schreiben."),
        ({"selection": "event:1"}, "Diese Auswahl gibt es hier nicht."),
    ],
)
def test_what_has_to_be_mended_stands_beside_its_field(scene: Scene, typed: dict[str, str], sentence: str) -> None:
    for step in ({}, {"senden": "1"}):
        page = scene.clients["speaker"].post(FORM, {**TYPED, **typed, **step})
        assert (page.status_code, sentence in page.text) == (422, True)
        assert ("Nächstes Treffen" in page.text) or "subject" in typed
    assert count(scene.network) == 0


def test_selection_that_only_the_author_meets(scene: Scene) -> None:
    page = scene.clients["other member"].get(FORM)
    assert page.status_code == 403
    with bind(scene.network):
        lone = make_workgroup("ag9", number=9)
        make_member(lone, "Lea Lone", office="speaker")
    answer = scene.clients["manager"].post(FORM.replace("ag1", "ag9"), TYPED)
    assert "An 1 Person senden" in answer.text
    with bind(scene.network):
        empty = make_workgroup("ag8", number=8)
    answer = scene.clients["manager"].post(f"/ag/{empty.slug}/-/rundschreiben/neu/", TYPED)
    assert (answer.status_code, "trifft außer Ihnen niemand zu" in answer.text) == (422, True)


def test_hostile_text_is_shown_as_text(scene: Scene) -> None:
    speaker = scene.clients["speaker"]
    preview = speaker.post(FORM, {**TYPED, "subject": "<b>x</b>", "text": HOSTILE}).text
    sent = scene.sent(group=scene.group, subject="<b>x</b>", text=HOSTILE)
    pages = [preview, speaker.get(sent.get_absolute_url()).text, scene.clients["member"].get("/ag/ag1/").text]
    for page in pages:
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page
        assert 'href="javascript' not in page
        assert "<b>x</b>" not in page


ROLES = ("guest", "waiting", "colleague", "member", "other member", "deputy", "speaker", "manager")


def test_answers_by_role(scene: Scene) -> None:
    one = scene.sent(group=scene.group, selection="function:bildungsmonitoring")  # to Bert alone
    all_of_them = scene.sent("manager", group=None)
    found = {
        path: tuple(scene.clients[role].get(path).status_code for role in ROLES)
        for path in (
            "/rundschreiben/",
            "/rundschreiben/neu/",
            one.get_absolute_url(),
            all_of_them.get_absolute_url(),
            f"{one.get_absolute_url()}gelesen/",
        )
    }
    assert list(found.values()) == [
        (302, 403, 200, 200, 200, 200, 200, 200),
        (302, 403, 403, 403, 403, 403, 403, 200),
        (302, 403, 404, 404, 200, 200, 200, 200),
        (302, 403, 200, 200, 200, 200, 200, 200),
        (405, 405, 405, 405, 405, 405, 405, 405),
    ]
    marks = tuple(scene.clients[role].post(f"{one.get_absolute_url()}gelesen/").status_code for role in ROLES)
    assert marks == (302, 403, 404, 404, 302, 302, 302, 302)


def test_another_network_knows_nothing_of_it(scene: Scene, bayern: BoundNetwork, client_of: ClientOf) -> None:
    sent = scene.sent("manager", group=None, subject="Geheim")
    with bind(bayern):
        manager = make_colleague(roles=("manager",))
    browser = client_of(bayern, manager)
    assert browser.get(sent.get_absolute_url()).status_code == 404
    assert browser.post(f"{sent.get_absolute_url()}gelesen/").status_code == 404
    assert browser.post(FORM, {**TYPED, "senden": "1"}).status_code == 404
    assert "Geheim" not in browser.get("/rundschreiben/").text
    assert count(scene.network) == 1


def test_lists_show_each_what_went_to_them(scene: Scene) -> None:
    scene.sent(group=scene.group, subject="Nur Monitoring", selection="function:bildungsmonitoring")
    scene.sent("manager", group=None, subject="An das Netzwerk")
    shown = {
        role: [title in scene.clients[role].get(path).text for title in ("Nur Monitoring", "An das Netzwerk")]
        for role, path in (
            ("member", "/rundschreiben/"),
            ("other member", "/rundschreiben/"),
            ("colleague", "/rundschreiben/"),
            ("deputy", "/ag/ag1/-/rundschreiben/"),
            ("speaker", "/ag/ag1/-/rundschreiben/"),
        )
    }
    assert shown == {
        "member": [False, True],
        "other member": [True, True],
        "colleague": [False, True],
        "deputy": [True, False],
        "speaker": [True, False],
    }


def test_pinned_in_the_group_until_the_button_is_pressed(scene: Scene) -> None:
    sent = scene.sent(group=scene.group)
    member, other = scene.clients["member"], scene.clients["other member"]
    assert "An Sie geschrieben" in member.get("/ag/ag1/").text
    assert "An Sie geschrieben" not in scene.clients["speaker"].get("/ag/ag1/").text
    assert member.post(f"{sent.get_absolute_url()}gelesen/").url == "/ag/ag1/"
    assert "An Sie geschrieben" not in member.get("/ag/ag1/").text
    assert "An Sie geschrieben" in other.get("/ag/ag1/").text
    assert "Gelesen von 1 von 3." in scene.clients["deputy"].get("/ag/ag1/-/rundschreiben/").text


def test_number_of_readers_tells_of_nobody_whether_they_have_read_it(scene: Scene) -> None:
    """Whoever writes to one person alone would learn it."""
    sent = scene.sent(group=scene.group, selection="function:bildungsmonitoring")
    scene.clients["other member"].get(sent.get_absolute_url())
    for role in ("speaker", "manager"):
        assert "Gelesen von" not in scene.clients[role].get(sent.get_absolute_url()).text


def test_pinned_on_the_home_page_until_it_is_opened(scene: Scene) -> None:
    sent = scene.sent("manager", group=None)
    member = scene.clients["member"]
    assert sent.subject in member.get("/").text
    assert "Gelesen von" not in member.get(sent.get_absolute_url()).text
    assert "An Sie geschrieben" not in member.get("/").text
    with bind(scene.network):
        assert Notification.objects.get(person=scene.people["member"]).read is not None


def test_opening_it_from_the_bell_reads_it(scene: Scene) -> None:
    scene.sent(group=scene.group)
    with bind(scene.network):
        row = Notification.objects.get(person=scene.people["member"])
    member = scene.clients["member"]
    assert member.get(f"/benachrichtigungen/{row.pk}/", follow=True).status_code == 200
    assert "An Sie geschrieben" not in member.get("/ag/ag1/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(scene: Scene, django_assert_num_queries: Any, rows: int) -> None:
    for _each in range(rows):
        sent = scene.sent(group=scene.group)
    member, speaker = scene.clients["member"], scene.clients["speaker"]
    for browser, path, number in (
        (member, "/ag/ag1/-/rundschreiben/", 11),
        (speaker, "/ag/ag1/-/rundschreiben/", 11),
        (member, sent.get_absolute_url(), 13),
        (speaker, FORM, 12),
    ):
        browser.get(path)
        with django_assert_num_queries(number):
            browser.get(path)

"""A person's picture: put there, shown to whom they choose, and gone without a trace."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dkbm.accounts.domain.admission import leave
from dkbm.accounts.domain.portraits import save_portrait
from dkbm.accounts.domain.queries.people import face_of, profiles_for
from dkbm.accounts.models import Person, Portrait
from dkbm.core.square_pictures import MIDDLE, square_of
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from goodpractice.domain.saving import Contact
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.forum import answer, make_topic
from tests.factories.people import make_person
from tests.factories.portraits import put_portrait
from tests.factories.uploads import photo

PATH = "/konto/bild/"
PEOPLE = ("owner", "member", "waiting", "guest", "stranger")


def upload(content: bytes, name: str = "foto.jpg", **values: str) -> dict[str, Any]:
    return {"picture": SimpleUploadedFile(name, content), "shown_to": "members", **values}


@pytest.fixture
def visits(niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client]) -> dict[str, Client]:
    """Who asks, in Niedersachsen; the stranger in the other network."""
    with bind(bayern):
        stranger = make_person("Fremde Person")
    with bind(niedersachsen):
        owner, member = make_person("Petra Bild"), make_person("Maria Mitglied")
        waiting = make_person("Willi Wartet", state="requested")
    people = {"owner": owner, "member": member, "waiting": waiting, "guest": None}
    found = {name: client_of(niedersachsen, *filter(None, [person])) for name, person in people.items()}
    return {**found, "stranger": client_of(bayern, stranger)}


def stored(network: BoundNetwork) -> Portrait:
    with bind(network):
        return Portrait.objects.get()


def shown_to(visits: dict[str, Client], path: str) -> set[str]:
    answers = {name: client.get(path).status_code for name, client in visits.items()}
    assert set(answers.values()) <= {200, 302, 404}
    return {name for name, status in answers.items() if status == 200}


def test_upload_is_cut_and_can_be_cut_anew(visits: dict[str, Client], niedersachsen: BoundNetwork) -> None:
    owner = visits["owner"]
    assert owner.post(PATH, upload(photo(size=(400, 300)))).url == PATH
    first = stored(niedersachsen)
    assert (first.cut, first.shown_to) == (MIDDLE, "members")
    page = owner.get(PATH).content.decode()
    assert len(re.findall(r'data-cut="', page)) == 12
    opened = re.search(r'name="opened" value="([^"]+)"', page)
    assert opened
    answer = owner.post(PATH, {"cut": "w4", "shown_to": "nobody", "opened": opened[1]})
    assert answer.url == "/konto/"
    second = stored(niedersachsen)
    assert (second.cut, second.shown_to) == ("w4", "nobody")
    assert second.key != first.key
    assert bytes(second.large) == square_of(bytes(first.source), "w4", 320)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"kein Bild", "foto.jpg", "ist aber keine JPG-Datei"),
        (b"<svg/>", "foto.svg", "als JPEG, PNG oder WebP"),
        (photo("GIF", size=(200, 200), frames=2), "foto.gif", "Dieses Bild bewegt sich"),
    ],
)
def test_what_is_no_picture_is_refused_beside_its_field_and_the_choice_stays(
    visits: dict[str, Client], niedersachsen: BoundNetwork, content: bytes, name: str, sentence: str
) -> None:
    answer = visits["owner"].post(PATH, upload(content, name, shown_to="everybody"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'id="id_picture_error">[^§]*{sentence}', page)
    assert re.search(r'value="everybody"[^>]*checked', page)
    with bind(niedersachsen):
        assert not Portrait.objects.exists()


def test_first_picture_has_to_be_chosen(visits: dict[str, Client]) -> None:
    assert "Bitte wählen Sie ein Bild." in visits["owner"].post(PATH, {"shown_to": "members"}).content.decode()


@pytest.mark.parametrize(
    ("audience", "seeing"),
    [
        ("nobody", {"owner"}),
        ("members", {"owner", "member"}),
        ("everybody", {"owner", "member", "waiting", "guest"}),
    ],
)
def test_picture_is_sent_to_those_whom_the_person_chose(
    visits: dict[str, Client], niedersachsen: BoundNetwork, audience: str, seeing: set[str]
) -> None:
    visits["owner"].post(PATH, upload(photo(size=(400, 300)), shown_to=audience))
    portrait = stored(niedersachsen)
    for size, side in (("klein", 96), ("gross", 320)):
        path = f"/konto/bild/{portrait.key}/{size}/"
        assert shown_to(visits, path) == seeing
        answer = visits["owner"].get(path)
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
        assert answer["Cache-Control"].startswith("private")
        assert Image.open(BytesIO(answer.content)).size == (side, side)
    assert shown_to(visits, f"/konto/bild/{portrait.key}/source/") == set()


def test_whole_picture_is_for_its_owner_alone(visits: dict[str, Client], niedersachsen: BoundNetwork) -> None:
    visits["owner"].post(PATH, upload(photo(size=(400, 300)), shown_to="everybody"))
    portrait = stored(niedersachsen)
    assert shown_to(visits, f"/konto/bild/{portrait.key}/ganz/") == {"owner"}


def test_card_shows_what_members_may_see(in_niedersachsen: BoundNetwork) -> None:
    person = make_person("Petra Bild")
    for audience, letters_alone in (("members", False), ("nobody", True)):
        put_portrait(person, shown_to=audience)
        face = profiles_for([person.pk])[person.pk].face
        assert (face.letters, face.picture == "") == ("PB", letters_alone)


def test_picture_stands_beside_posts_and_letters_beside_those_of_others(
    visits: dict[str, Client], niedersachsen: BoundNetwork
) -> None:
    with bind(niedersachsen):
        author, other = make_person("Petra Bild"), make_person("(Kim) Ärzte-Müller")
        portrait = put_portrait(author)
        topic = make_topic(author)
        answer(topic, other)
        path = topic.get_absolute_url()
    page = visits["member"].get(path).content.decode()
    post, reply = re.findall(r'<article class="post.*?</article>', page, re.DOTALL)
    assert f'src="/konto/bild/{portrait.key}/klein/" alt=""' in post
    assert re.search(r'class="avatar" aria-hidden="true">\s*KÄ\s*<', reply)


def test_picture_goes_with_the_button_and_with_the_membership(
    visits: dict[str, Client], niedersachsen: BoundNetwork
) -> None:
    visits["owner"].post(PATH, upload(photo(size=(400, 300))))
    portrait = stored(niedersachsen)
    visits["owner"].post(f"{PATH}loeschen/")
    assert shown_to(visits, f"/konto/bild/{portrait.key}/klein/") == set()
    with bind(niedersachsen):
        assert not Portrait.objects.exists()
        member = Membership.objects.select_related("person").get(person__last_name="Mitglied")
        put_portrait(member.person)
        leave(membership=member)
        assert not Portrait.objects.exists()


def test_closed_account_shows_no_picture(visits: dict[str, Client], niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        person = make_person("Rolf Ruht", is_active=False)
        key = put_portrait(person, shown_to="everybody").key
        assert profiles_for([person.pk])[person.pk].face.picture == ""
    assert shown_to(visits, f"/konto/bild/{key}/klein/") == set()


def test_choice_without_a_picture_saves_nothing(in_niedersachsen: BoundNetwork) -> None:
    assert save_portrait(person=make_person(), picture=None, cut=MIDDLE, shown_to="members") is None


@pytest.mark.parametrize(
    ("audience", "public", "guests", "members"),
    [("everybody", True, 1, 1), ("everybody", False, 0, 1), ("members", True, 0, 1), ("nobody", True, 0, 0)],
)
def test_contact_of_an_example_has_its_picture_for_whom_it_is(
    visits: dict[str, Client], niedersachsen: BoundNetwork, audience: str, public: bool, guests: int, members: int
) -> None:
    with bind(niedersachsen):
        person = make_person("Anna Kontakt", email="anna@verden.example.org")
        portrait = put_portrait(person, shown_to=audience)
        load_vocabulary()
        contact = Contact("Leitung", name="Anna Kontakt", mail="Anna@verden.example.org", contact_public=public)
        item = make_item(contacts=[contact])
    picture = f"/konto/bild/{portrait.key}/klein/"
    assert visits["guest"].get(f"/katalog/{item.slug}/").content.decode().count(picture) == guests
    assert visits["member"].get(f"/katalog/{item.slug}/").content.decode().count(picture) == members


def test_who_has_left_has_no_picture_whichever_came_first(
    visits: dict[str, Client], niedersachsen: BoundNetwork
) -> None:
    """They left while their picture was on its way: leaving had nothing yet to take away."""
    with bind(niedersachsen):
        owner = Person.objects.get(first_name="Petra")
        path = face_of("PB", put_portrait(owner, shown_to="everybody").key).picture
    assert shown_to(visits, path) == {"owner", "member", "waiting", "guest"}
    with bind(niedersachsen):
        Membership.objects.filter(person=owner).update(state="left")
        assert profiles_for([owner.pk])[owner.pk].face.picture == ""
        with pytest.raises(PermissionDenied):
            put_portrait(owner, shown_to="everybody")
    assert not {"member", "waiting", "guest"} & shown_to(visits, path)

"""Who sees which page of the forum: URL x role x network. Missing and forbidden answer alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork, bind
from forum.models import Space, Topic
from tests.factories.forum import answer, make_topic
from tests.factories.groups import make_group
from tests.factories.people import make_person

ClientOf = Callable[..., Client]


@dataclass
class World:
    topic: Topic
    post_id: int
    clients: dict[str, Client]


@pytest.fixture
def world(
    in_niedersachsen: BoundNetwork,
    bayern: BoundNetwork,
    client_of: ClientOf,
    space: Space,
    topic: Topic,
    asker: Person,
    helper: Person,
    stranger: Person,
    manager: Person,
) -> World:
    people: dict[str, Person | None] = {
        "guest": None,
        "waiting": make_person("Wartende Person", state="requested"),
        "stranger": stranger,
        "editor": make_person("Redaktion", roles=("editor",)),
        "member": helper,
        "author": asker,
        "manager": manager,
    }
    clients = {role: client_of(in_niedersachsen, person) for role, person in people.items()}
    with bind(bayern):
        foreigner = make_person("Bayern Leitung", roles=("manager",))
    clients["other network"] = client_of(bayern, foreigner)
    own = client_of(in_niedersachsen)
    own.cookies = clients["other network"].cookies
    clients["cookie of the other network"] = own
    return World(topic, answer(topic, helper).pk, clients)


ROLES = ["guest", "waiting", "stranger", "editor", "member", "author", "manager", "other network",
         "cookie of the other network"]  # fmt: skip
TABLE = {
    # method, path below the space ({topic} = id-slug, {post} = a member's post), one status a role
    ("GET", "/forum/"): [200, 200, 200, 200, 200, 200, 200, 200, 200],
    ("POST", "/forum/-/gelesen/"): [403, 403, 302, 302, 302, 302, 302, 302, 403],
    ("GET", "/forum/netzweit/"): [403, 403, 200, 200, 200, 200, 200, 200, 403],
    ("GET", "/forum/ag1/"): [403, 403, 403, 403, 200, 200, 200, 404, 403],
    ("GET", "/forum/gibt-es-nicht/"): [403, 403, 404, 404, 404, 404, 404, 404, 403],
    ("GET", "/forum/ag1/neu/"): [403, 403, 403, 403, 200, 200, 200, 404, 403],
    ("GET", "/forum/ag1/{topic}/"): [403, 403, 404, 404, 200, 200, 200, 404, 403],
    ("GET", "/forum/ag1/999999-nichts/"): [403, 403, 404, 404, 404, 404, 404, 404, 403],
    ("POST", "/forum/ag1/{topic}/"): [403, 403, 404, 404, 422, 422, 422, 404, 403],
    ("GET", "/forum/ag1/{topic}/beitraege/"): [403, 403, 404, 404, 200, 200, 200, 404, 403],
    ("POST", "/forum/ag1/{topic}/gelesen/"): [403, 403, 404, 404, 204, 204, 204, 404, 403],
    ("POST", "/forum/ag1/{topic}/mails/"): [403, 403, 404, 404, 302, 302, 302, 404, 403],
    ("POST", "/forum/ag1/{topic}/aktion/"): [403, 403, 404, 404, 302, 302, 302, 404, 403],
    ("POST", "/forum/ag1/{topic}/abschliessen/"): [403, 403, 404, 404, 302, 302, 302, 404, 403],
    ("GET", "/forum/ag1/{topic}/loeschen/"): [403, 403, 404, 404, 403, 403, 200, 404, 403],
    ("GET", "/forum/ag1/{topic}/beitrag/{post}/bearbeiten/"): [403, 403, 404, 404, 200, 403, 403, 404, 403],
    ("POST", "/forum/ag1/{topic}/beitrag/{post}/bearbeiten/"): [403, 403, 404, 404, 422, 403, 403, 404, 403],
    ("GET", "/forum/ag1/{topic}/beitrag/{post}/loeschen/"): [403, 403, 404, 404, 200, 403, 200, 404, 403],
    ("GET", "/forum/ag1/nennen/"): [403, 403, 403, 403, 200, 200, 200, 404, 403],
    ("GET", "/forum/-/entwuerfe/"): [403, 403, 200, 200, 200, 200, 200, 200, 403],
    ("POST", "/forum/-/entwuerfe/999999/verwerfen/"): [403, 403, 404, 404, 404, 404, 404, 404, 403],
    ("POST", "/forum/ag1/entwurf/"): [403, 403, 403, 403, 200, 200, 200, 404, 403],
    ("POST", "/forum/ag1/{topic}/entwurf/"): [403, 403, 404, 404, 200, 200, 200, 404, 403],
    ("POST", "/forum/ag1/{topic}/beitrag/{post}/entwurf/"): [403, 403, 404, 404, 200, 404, 404, 404, 403],
    ("GET", "/forum/ag1/{topic}/umfrage/"): [403, 403, 404, 404, 403, 200, 200, 404, 403],
    ("GET", "/forum/ag1/{topic}/umfrage/999999/"): [403, 403, 404, 404, 404, 404, 404, 404, 403],
    ("GET", "/forum/ag1/{topic}/beitrag/999999/loeschen/"): [403, 403, 404, 404, 404, 404, 404, 404, 403],
}


@pytest.mark.parametrize(("method", "path"), TABLE)
def test_status_by_role(world: World, method: str, path: str) -> None:
    url = path.format(topic=f"{world.topic.pk}-{world.topic.slug}", post=world.post_id)
    statuses, bodies = [], []
    for role in ROLES:
        response = world.clients[role].generic(method, url, content_type="application/x-www-form-urlencoded")
        statuses.append(response.status_code)
        bodies.append(response.content.decode())
    assert dict(zip(ROLES, statuses, strict=True)) == dict(zip(ROLES, TABLE[method, path], strict=True))
    for role, status, body in zip(ROLES, statuses, bodies, strict=True):
        if status == 404 or role in {"guest", "waiting", "stranger", "editor", "cookie of the other network"}:
            assert world.topic.title not in body
            assert "2024" not in body


def test_missing_and_forbidden_topics_look_alike(world: World) -> None:
    client = world.clients["stranger"]
    real = client.get(f"/forum/ag1/{world.topic.pk}-{world.topic.slug}/")
    missing = client.get("/forum/ag1/999999-nichts/")
    assert (real.status_code, missing.status_code) == (404, 404)
    assert [template.name for template in real.templates] == [template.name for template in missing.templates]
    assert "Das sehen nur die Mitglieder von „AG 1 Kommunales Bildungsmanagement“." in real.text
    assert 'href="/ag/ag1/"' in real.text


def test_spaces_of_unknown_subgroups_are_plainly_missing(world: World) -> None:
    group = world.topic.space.workgroup
    make_group("Vertraulich", slug="uag-x", kind="subgroup", parent=group)
    page = world.clients["stranger"].get("/forum/uag-x/")
    assert page.status_code == 404
    assert "Vertraulich" not in page.text
    assert "Vertraulich" in world.clients["member"].get("/forum/uag-x/").text  # in the AG, may join


def test_guests_read_how_to_join(world: World) -> None:
    page = world.clients["guest"].get("/forum/").text
    assert "Das Forum ist für Mitglieder" in page
    assert 'href="/konto/login/?next=/forum/"' in page
    assert 'href="/konto/signup/?next=/forum/"' in page
    waiting = world.clients["waiting"].get("/forum/").text
    assert "Sie sind noch nicht aufgenommen. Sobald Sie aufgenommen sind" in waiting


def test_archived_group_can_be_read_and_says_so(world: World, space: Space) -> None:
    assert space.workgroup is not None
    space.workgroup.state = "archived"
    space.workgroup.save()
    sentence = "„AG 1 Kommunales Bildungsmanagement“ ist archiviert und kann nur noch gelesen werden."
    client = world.clients["member"]
    assert sentence in client.get("/forum/ag1/").text
    page = client.get(world.topic.get_absolute_url())
    assert sentence in page.text
    assert "Zitieren" not in page.text
    response = client.post(world.topic.get_absolute_url(), {"text": "Doch noch etwas"})
    assert response.status_code == 422
    assert "Doch noch etwas" in response.text


def test_topic_of_the_space_for_all_is_open_to_every_member(world: World) -> None:
    url = make_topic(title="Für alle").get_absolute_url()
    statuses = {role: world.clients[role].get(url).status_code for role in ROLES}
    assert [role for role in ROLES if statuses[role] == 200] == ["stranger", "editor", "member", "author", "manager"]

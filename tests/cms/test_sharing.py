"""What search engines and messengers are given: addresses, descriptions, pictures; nothing that is not public."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from PIL import Image

from dkbm.cms.domain.sharing import HEIGHT, WIDTH, share_picture
from dkbm.cms.domain.signs import first_letter
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.hosts import forget_hosts
from dkbm.tenancy.models import Network, NetworkHost
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.forum import make_topic
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("vocabulary")
Browser = Callable[..., Client]
LONG = "Bildungsberichterstattungskoordinierungsausschussgeschäftsordnung"


@pytest.fixture
def vocabulary(db: None) -> None:
    load_vocabulary()


def head_of(page: str) -> dict[str, str]:
    """Name or property -> content of the page's meta elements; ``canonical`` and ``title`` besides."""
    found = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page))
    found["title"] = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]  # type: ignore[index]
    if canonical := re.search(r'<link rel="canonical" href="([^"]*)"', page):
        found["canonical"] = canonical[1]
    return {name: unescape(value) for name, value in found.items()}


def addresses(client: Client) -> list[str]:
    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [element.text or "" for element in sitemap.iter() if element.tag.endswith("loc")]


def test_guests_page_says_how_a_link_to_it_is_shown(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    with bind(niedersachsen):
        make_item("buero", title="Büro „B&B“ <neu>", summary="Wie ein Landkreis anfing.")
    guest = client_of(niedersachsen)
    head = head_of(guest.get("/katalog/buero/?von=mail").content.decode())
    address = f"http://{niedersachsen.host}:8000/katalog/buero/"
    assert head["og:title"] == "Büro „B&B“ <neu>"
    assert (head["canonical"], head["og:url"]) == (address, address)
    assert head["description"] == head["og:description"] == "Wie ein Landkreis anfing."
    assert head["og:site_name"] == niedersachsen.name
    picture = guest.get(urlsplit(head["og:image"]).path)
    assert picture["Content-Type"] == "image/png"
    assert Image.open(BytesIO(picture.content)).size == (WIDTH, HEIGHT)


def test_page_of_a_list_has_its_own_address_and_a_filtered_one_has_not(
    niedersachsen: BoundNetwork, client_of: Browser
) -> None:
    guest = client_of(niedersachsen)
    asked = {
        path: head_of(guest.get(path).content.decode())["canonical"]
        for path in ("/katalog/?art=angebot", "/katalog/?seite=1", "/katalog/?seite=2")
    }
    base = f"http://{niedersachsen.host}:8000/katalog/"
    assert list(asked.values()) == [base, base, f"{base}?seite=2"]


def test_main_host_is_where_others_shall_find_a_network(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    with bind(niedersachsen):
        NetworkHost.objects.create(host="alt.example.org", is_primary=False)
    forget_hosts()
    other = Client(headers={"host": "alt.example.org"})
    assert head_of(other.get("/katalog/").content.decode())["canonical"] == f"http://{niedersachsen.host}:8000/katalog/"
    assert f"Sitemap: http://{niedersachsen.host}:8000/sitemap.xml" in other.get("/robots.txt").content.decode()


def test_members_pages_say_nothing_to_others(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    with bind(niedersachsen):
        member = make_person()
    head = head_of(client_of(niedersachsen, member).get("/").content.decode())
    assert not {name for name in head if name.startswith("og:") or name == "canonical"}


def test_sitemap_names_what_guests_may_read_and_nothing_else(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Browser
) -> None:
    with bind(niedersachsen):
        make_item("fuer-alle")
        make_item("fuer-mitglieder", visibility="members")
        topic = make_topic(title="Nur unter uns")
        topic_path = topic.get_absolute_url()
    with bind(bayern):
        make_item("aus-bayern")
    guest = client_of(niedersachsen)
    named = addresses(guest)
    paths = [urlsplit(address).path for address in named]
    assert {"/", "/katalog/", "/katalog/fuer-alle/", "/impressum/"} <= set(paths)
    assert not {"/katalog/fuer-mitglieder/", "/katalog/aus-bayern/", topic_path} & set(paths)
    assert {urlsplit(address).netloc for address in named} == {f"{niedersachsen.host}:8000"}
    assert len(paths) == len(set(paths))
    assert {path: guest.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


def test_network_that_is_not_public_yet_asks_not_to_be_found(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    guest = client_of(niedersachsen)
    assert "Disallow: /cms/\n" in guest.get("/robots.txt").content.decode()
    with bind(niedersachsen):
        Network.objects.update(listed=False)
    assert guest.get("/robots.txt").content.decode().split() == ["User-agent:", "*", "Disallow:", "/"]
    assert addresses(guest) == []


def test_nobody_else_has_a_picture_drawn(niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Browser) -> None:
    image = urlsplit(head_of(client_of(niedersachsen).get("/katalog/").content.decode())["og:image"]).path
    assert client_of(niedersachsen).get(image).status_code == 200
    assert client_of(bayern).get(image).status_code == 404
    assert client_of(niedersachsen).get(image.replace("/teilen/", "/teilen/x")).status_code == 404


@pytest.mark.parametrize("title", ["", "Ein Titel", LONG * 3, "Ein langer Titel " * 30, "🏫 ÄÖÜ ẞ"])
def test_every_title_finds_room_on_its_picture(in_niedersachsen: BoundNetwork, title: str) -> None:
    picture = Image.open(BytesIO(share_picture(title, "#0b5a5e"))).convert("RGB")
    edge = picture.crop((WIDTH - 40, 100, WIDTH, HEIGHT - 40))
    assert len(edge.getcolors() or []) == 1


@pytest.mark.parametrize(("name", "letter"), [("(Netz) Nord", "N"), ("ärzte", "Ä"), ("110 Kommunen", "1"), ("…", "N")])
def test_sign_of_a_network_is_a_letter(name: str, letter: str) -> None:
    assert first_letter(name) == letter


def test_tab_and_start_screen_have_the_networks_sign(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    guest = client_of(niedersachsen)
    icons = re.findall(r'<link rel="(icon|apple-touch-icon)" href="([^"]+)"', guest.get("/").content.decode())
    answers = {rel: guest.get(path) for rel, path in icons}
    assert ">N</text>" in answers["icon"].content.decode()
    assert Image.open(BytesIO(answers["apple-touch-icon"].content)).size == (180, 180)


def test_sign_of_a_network_with_districts_is_the_outline_of_its_land(
    niedersachsen: BoundNetwork, client_of: Browser
) -> None:
    with bind_all("register for a test", as_owner=True):
        Municipality.objects.filter(slug="landkreis-verden").update(district_key="03361", network_slug="niedersachsen")
    guest = client_of(niedersachsen)
    page = guest.get("/").content.decode()
    path = re.search(r'<img class="sign" src="([^"]+)"', page)[1]  # type: ignore[index]
    sign = guest.get(path).content.decode()
    assert "<text" not in sign
    assert len(sign) < 8_000
    assert Image.open(BytesIO(guest.get(path.replace(".svg", ".png")).content)).convert("RGB").getpixel((90, 90)) == (
        255,
        255,
        255,
    )

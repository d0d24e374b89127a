"""Every type of page with somebody who may see it, for the tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from tests.factories.uploads import photo

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

    Step = Callable[[Page], object]

ITEM = "/katalog/leer-bildungsbericht-und-fuehrungscockpit/"
MEETING = "/veranstaltungen/jahrestreffen-2027/"
ISSUE = "/blickpunkt/blickpunkt-dkbm-netzwerk-2021/"
SPACE = "/forum/ag1-bildungsmanagement/"

TOPIC = "Kurzfassung des Bildungsberichts für den Kreistag – wie lang darf sie sein?"
EXAMPLE = "Bildungsbericht „Bildung im Verlauf“ und Führungscockpit LAVI"
MEETING_TITLE = "Jahrestreffen 2027 des DKBM-Netzwerks Niedersachsen"


@dataclass(frozen=True)
class PageType:
    """``path`` on the host of ``network`` as ``login`` ('' is a guest), then ``step`` in the browser."""

    name: str
    path: str
    login: str = ""
    network: str = "niedersachsen"
    status: int = 200
    step: Step | None = None


def submit(page: Page) -> None:
    """By the form's own button: a text field may bring others."""
    page.locator("main form.form button:not([type=button])").first.click()


def send_empty(page: Page) -> None:
    """The page's form without anything typed: the same page with errors."""
    submit(page)
    page.get_by_role("alert").first.wait_for()


def send_without_cookie(page: Page) -> None:
    """A form that was open for too long: the cookie that protects it is gone."""
    page.context.clear_cookies()
    submit(page)
    page.get_by_role("heading", level=1, name="Das Formular ist abgelaufen").wait_for()


def show_server_error(page: Page) -> None:
    """The page of an error, which no address leads to: rendered here, shown in the browser as if from there."""
    show_error(page, network={"name": "Transferagentur Niedersachsen"}, look={"stylesheet_url": "/look/0b5a5e.css"})


def show_plain_server_error(page: Page) -> None:
    """What is left of it where nothing is known of the network."""
    show_error(page, network=None)


def show_full_house(page: Page) -> None:
    """No connection to the database was free."""
    show_error(page, "503.html", network={"name": "Transferagentur Niedersachsen"})


def show_error(page: Page, template: str = "500.html", **context: Any) -> None:
    body = render_to_string(template, {"error_id": "a1b2c3d4e5f6", **context})
    page.route("**/fehler/", lambda route: route.fulfill(status=500, content_type="text/html", body=body))
    page.goto("/fehler/")
    page.unroute("**/fehler/")


def choose_picture(page: Page) -> None:
    """A picture of one's own, and its parts to choose from."""
    picture = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(400, 300))}
    page.locator("input[type=file]").set_input_files(picture)
    page.locator("main form.form").get_by_role("button", name="Speichern").click()
    page.locator(".cuts").wait_for()


def open_own_page(page: Page) -> None:
    page.locator("main .person a").first.click()
    page.locator(".person-head").wait_for()


def open_first_topic(page: Page) -> None:
    page.locator("main ul.rows h3 a").first.click()
    page.locator("article.post").first.wait_for()


PUBLIC = (
    PageType("home-guest", "/"),
    PageType("login", "/konto/login/"),
    PageType("login-errors", "/konto/login/", step=send_empty),
    PageType("signup", "/konto/signup/"),
    PageType("signup-errors", "/konto/signup/", step=send_empty),
    PageType("password-reset", "/konto/password/reset/"),
    PageType("terms", "/konto/nutzungsbedingungen/"),
    PageType("workgroups-guest", "/ag/"),
    PageType("workgroup-guest", "/ag/ag1-bildungsmanagement/"),
    PageType("catalogue", "/katalog/"),
    PageType("catalogue-map", "/katalog/?ansicht=karte"),
    PageType("item-guest", ITEM),
    PageType("publications", "/blickpunkt/"),
    PageType("glossary", "/glossar/"),
    PageType("glossary-term", "/glossar/dkbm/"),
    PageType("blickpunkt", ISSUE),
    PageType("events", "/veranstaltungen/"),
    PageType("event", MEETING),
    PageType("search", "/suche/?q=Bildungsbericht"),
    PageType("search-nothing", "/suche/?q=Quallenzucht"),
    PageType("legal", "/datenschutz/"),
    PageType("help", "/hilfe/"),
    PageType("contact", "/hilfe/kontakt/"),
    PageType("not-found", "/gibt-es-nicht/", status=404),
    PageType("csrf-failure", "/konto/login/", step=send_without_cookie),
    PageType("server-error", "/", step=show_server_error),
    PageType("server-error-plain", "/", step=show_plain_server_error),
    PageType("full-house", "/", step=show_full_house),
    PageType("unknown-host", "/", network="gibtesnicht", status=404),
    PageType("front-door", "/", network=""),
    PageType("mailbox", "/postfach/", network=""),
)
MEMBER = (
    PageType("home", "/", "mitglied"),
    PageType("workgroups", "/ag/", "mitglied"),
    PageType("workgroup", "/ag/ag1-bildungsmanagement/", "mitglied"),
    PageType("subgroup", "/ag/ag2-bildungsmonitoring/uag-kleinraeumige-daten/", "mitglied"),
    PageType("found-subgroup", "/ag/ag1-bildungsmanagement/-/untergruppe-gruenden/", "mitglied"),
    PageType("forum", "/forum/", "mitglied"),
    PageType("space", SPACE, "mitglied"),
    PageType("topic", SPACE, "mitglied", step=open_first_topic),
    PageType("new-topic", f"{SPACE}neu/", "mitglied"),
    PageType("new-topic-errors", f"{SPACE}neu/", "mitglied", step=send_empty),
    PageType("answers-by-mail", "/benachrichtigungen/antworten/", "mitglied"),
    PageType("item", ITEM, "mitglied"),
    PageType("registration", f"{MEETING}anmelden/", "mitglied"),
    PageType("registration-errors", f"{MEETING}anmelden/", "mitglied", step=send_empty),
    PageType("notifications", "/benachrichtigungen/", "mitglied"),
    PageType("account", "/konto/", "mitglied"),
    PageType("profile", "/konto/profil/", "mitglied"),
    PageType("portrait", "/konto/bild/", "mitglied", step=choose_picture),
    PageType("person", "/konto/", "mitglied", step=open_own_page),
    PageType("second-factor", "/konto/2fa/", "mitglied"),
    PageType("not-allowed", "/verwaltung/", "mitglied", status=403),
)
MANAGER = (
    PageType("requests", "/verwaltung/", "leitung"),
    PageType("waiting-note", "/verwaltung/hinweis/", "leitung"),
    PageType("members", "/verwaltung/mitglieder/", "leitung"),
    PageType("domains", "/verwaltung/domains/", "leitung"),
    PageType("functions", "/verwaltung/funktionen/", "leitung"),
    PageType("functions-errors", "/verwaltung/funktionen/", "leitung", step=send_empty),
    PageType("log", "/verwaltung/protokoll/", "leitung"),
    PageType("group-requests", "/ag/ag1-bildungsmanagement/-/anfragen/", "leitung"),
    PageType("offices", "/ag/ag1-bildungsmanagement/-/aemter/", "leitung"),
    PageType("participants", f"{MEETING}teilnahme/", "leitung"),
    PageType("failed-mails", "/verwaltung/mails/", "leitung"),
    PageType("mail-log", "/verwaltung/mails/alle/", "leitung"),
    PageType("mail-trace", "/verwaltung/mails/warum/?person=leitung@niedersachsen.example.org&sache=Frage", "leitung"),
    PageType("mail-settings", "/verwaltung/mails/einstellungen/", "leitung"),
)
WAITING = (
    PageType("waiting", "/konto/", "h.dirksen"),
    PageType("forum-waiting", "/forum/", "h.dirksen"),
    PageType("not-admitted", f"{MEETING}anmelden/", "h.dirksen", status=403),
)
PAGE_TYPES = (*PUBLIC, *MEMBER, *MANAGER, *WAITING)


def open_page(page: Page, kind: PageType) -> Response:
    """Goes there with a page of a context that is signed in as ``kind.login``; asserts the status of the answer."""
    answer = page.goto(kind.path)
    assert answer is not None
    assert answer.status == kind.status, f"{kind.name}: {answer.status}"
    if kind.step:
        kind.step(page)
    return answer

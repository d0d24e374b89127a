"""What people type, upload and click by mistake: a clear sentence, and nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.e2e import newcomer as way
from tests.e2e.page_types import MEETING, SPACE, TOPIC
from tests.e2e.running_copy import RunningCopy

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Visit = Callable[..., Page]

SCRIPT = '"><script>hacked = true</script><img src=x onerror="hacked = true">'


def test_too_long_post_comes_back_whole_with_a_sentence(visit: Visit) -> None:
    page = visit("niedersachsen", login="mitglied")
    way.open_topic(page, TOPIC)
    text = "Wort " * 40_000
    page.locator(".write textarea").fill(text)
    page.get_by_role("button", name="Antwort veröffentlichen").click()
    page.locator(".kern-form-input--error").wait_for()
    assert "höchstens 20.000" in page.locator(".kern-form-input--error").inner_text()
    assert page.locator(".write textarea").input_value().strip() == text.strip()


def test_script_in_every_field_is_shown_as_text(visit: Visit) -> None:
    page = visit("niedersachsen", login="k.abels")
    title = f"{SCRIPT} {uuid4().hex[:8]}"
    page.goto("/forum/netzweit/neu/")
    page.get_by_role("textbox", name="Titel").fill(title)
    page.locator("main textarea").first.fill(f"{SCRIPT}\n\n[Klick](javascript:window.hacked=true)")
    page.get_by_role("button", name="Thema veröffentlichen").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    assert SCRIPT in page.locator("article.post").first.inner_text()
    assert page.locator('main a[href^="javascript"]').count() == 0
    page.goto("/konto/profil/")
    page.get_by_label("Telefon").fill(SCRIPT[:60])
    page.get_by_label("Über mich").fill(SCRIPT)
    page.locator("main form.form").get_by_role("button").first.click()
    page.goto("/konto/")
    assert SCRIPT in page.locator("main").inner_text()
    page.goto("/forum/netzweit/")
    page.get_by_role("link", name=title).wait_for()
    page.get_by_role("combobox", name="Alles durchsuchen").fill(SCRIPT)
    page.get_by_role("banner").get_by_role("button", name="Suchen").click()
    page.get_by_role("heading", level=1, name="Suche").wait_for()
    assert page.evaluate("window.hacked") is None


def test_script_in_sign_up_and_registration_is_shown_as_text(visit: Visit, running_copy: RunningCopy) -> None:
    """From the form by the mail and the manager's lists; every free text field holds it."""
    person = way.a_newcomer()
    person = replace(person, first_name=SCRIPT, last_name=f"{SCRIPT[:60]} {person.last_name}")
    page = visit("niedersachsen")
    way.ask_for_admission(page, person)
    way.open_link_of_mail(
        page, running_copy.url("", "/postfach/"), running_copy.mail(person.email), "/konto/confirm-email/"
    )
    way.confirm_address(page)
    manager = visit("niedersachsen", "/verwaltung/", login="leitung")
    manager.locator("main li, main article, main tr").filter(has_text=person.last_name).get_by_role(
        "button", name="Aufnehmen"
    ).first.click()
    manager.get_by_text("ist aufgenommen.").wait_for()
    page.goto(f"{MEETING}anmelden/")
    for field in page.locator("main form.form").locator("input[type=text], textarea").all():
        field.fill(SCRIPT)
    for workshop in ("Werkstatt am Vormittag", "Werkstatt am Nachmittag"):
        page.get_by_role("group", name=workshop).get_by_role("radio").first.check()
    page.get_by_label("Teilnahmeliste").check()
    page.get_by_role("button", name="Verbindlich anmelden").click()
    page.get_by_text("Sie sind angemeldet").first.wait_for()
    manager.goto(f"{MEETING}teilnahme/")
    assert person.last_name in manager.locator("main").inner_text()
    manager.goto("/verwaltung/protokoll/")
    assert person.last_name in manager.locator("main").inner_text()
    assert [shown.evaluate("window.hacked") for shown in (page, manager)] == [None, None]


def test_executable_named_pdf_is_refused(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "Einladung.pdf"
    file.write_bytes(b"MZ\x90\x00" + bytes(2000))
    page = visit("niedersachsen", "/cms/documents/add/", login="redaktion")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("[name=title]").fill("Einladung")
    page.locator("main form button[type=submit]").last.click()
    error = page.locator(".error-message").first
    error.wait_for()
    assert "keine PDF-Datei" in error.inner_text()


def test_link_that_was_used_says_so(visit: Visit, running_copy: RunningCopy) -> None:
    person = way.a_newcomer()
    page = visit("niedersachsen")
    way.ask_for_admission(page, person)
    mailbox, mail = running_copy.url("", "/postfach/"), running_copy.mail(person.email)
    way.open_link_of_mail(page, mailbox, mail, "/konto/confirm-email/")
    way.confirm_address(page)
    way.open_link_of_mail(page, mailbox, mail, "/konto/confirm-email/")
    page.get_by_role("heading", level=1, name="Dieser Link wurde schon benutzt").wait_for()


def test_reply_to_a_topic_deleted_meanwhile_keeps_the_text(visit: Visit) -> None:
    author = visit("niedersachsen", login="t.brinkmann")
    title = f"Bald gelöscht {uuid4().hex[:8]}"
    author.goto(f"{SPACE}neu/")
    author.get_by_role("textbox", name="Titel").fill(title)
    author.locator("main textarea").first.fill("Frage")
    author.get_by_role("button", name="Thema veröffentlichen").click()
    author.get_by_role("heading", level=1, name=title).wait_for()
    page = visit("niedersachsen", login="mitglied")
    way.open_topic(page, title)
    manager = visit("niedersachsen", login="leitung")
    manager.goto(f"{author.url.split('?')[0].split('#')[0]}loeschen/")
    if manager.get_by_label("Begründung").count():
        manager.get_by_label("Begründung").fill("Doppelt")
    manager.get_by_role("button", name="Thema löschen").click()
    manager.wait_for_load_state()
    page.locator(".write textarea").fill("Meine lange Antwort")
    page.get_by_role("button", name="Antwort veröffentlichen").click()
    page.get_by_role("heading", level=1, name="gelöscht").wait_for()
    assert page.get_by_role("textbox", name="Ihr Text").input_value() == "Meine lange Antwort"

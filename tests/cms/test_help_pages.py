"""A network that is older than the pages of help gets them by ``migrate``; nothing that editors did is undone."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from dkbm.cms.domain.help_pages import HELP_PAGES
from dkbm.cms.domain.networks import give_help_pages
from dkbm.cms.models import StandardPage
from dkbm.tenancy import after_migrate
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.models import Network

migration: Any = import_module("dkbm.cms.migrations.0007_help_that_promises_nothing")
SLUGS = [slug for slug, _title, _body in HELP_PAGES]


@pytest.fixture
def old(niedersachsen: BoundNetwork) -> BoundNetwork:
    """As it was before there were such pages."""
    with bind(niedersachsen):
        for page in StandardPage.objects.filter(slug__in=SLUGS):
            page.delete()
        Network.objects.filter(pk=niedersachsen.id).update(given_pages=[])
    return niedersachsen


def titles(guest: Client) -> list[str]:
    page = guest.get("/hilfe/").text
    return [title for _slug, title, _body in HELP_PAGES if f">{title}</a></h3>" in page]


def test_old_network_gets_its_help_by_migrate(old: BoundNetwork, client_of: Callable[..., Client]) -> None:
    guest = client_of(old)
    assert titles(guest) == []
    after_migrate.run_steps()
    assert titles(guest) == ["Erste Schritte", "Fragen und Antworten"]
    assert "Transferagentur Niedersachsen" in guest.get("/erste-schritte/").text
    assert 'href="/erste-schritte/#abschnitt-mitglied-werden">Mitglied werden</a>' in guest.get("/hilfe/").text
    with bind(old):
        assert set(Network.objects.get(pk=old.id).given_pages) >= set(SLUGS)


def test_what_editors_changed_or_took_away_stays_so(old: BoundNetwork, client_of: Callable[..., Client]) -> None:
    give_help_pages()
    with bind(old):
        page = StandardPage.objects.get(slug=SLUGS[0])
        page.body = [("text", "<p>Rufen Sie Frau Krause an.</p>")]
        page.save_revision().publish()
        StandardPage.objects.get(slug=SLUGS[1]).delete()
    give_help_pages()
    guest = client_of(old)
    assert titles(guest) == ["Erste Schritte"]
    assert "Rufen Sie Frau Krause an." in guest.get(f"/{SLUGS[0]}/").text


def test_page_that_stands_there_already_is_kept(old: BoundNetwork, client_of: Callable[..., Client]) -> None:
    give_help_pages()
    with bind(old):
        page = StandardPage.objects.get(slug=SLUGS[0])
        page.title = "Ankommen"
        page.save_revision().publish()
        Network.objects.filter(pk=old.id).update(given_pages=[])
    give_help_pages()
    with bind(old):
        assert list(StandardPage.objects.filter(slug__in=SLUGS).values_list("title", flat=True)) == [
            "Ankommen",
            "Fragen und Antworten",
        ]


def test_founded_network_has_its_help_at_once(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        assert set(Network.objects.get(pk=niedersachsen.id).given_pages) >= set(SLUGS)


OLD_LINE = (
    "<li>Die Transferagentur prüft Ihre Anfrage, gewöhnlich in ein bis drei Arbeitstagen. Sobald Sie aufgenommen sind, "
    "bekommen Sie eine E-Mail.</li>"
)
NEW_LINE = "<li>Die Netzwerkleitung prüft Ihre Anfrage. Sobald Sie aufgenommen sind, bekommen Sie eine E-Mail.</li>"


@pytest.mark.parametrize(
    ("stood", "stands"),
    [
        (OLD_LINE, NEW_LINE),
        # As the editor saves it, whatever was changed.
        (OLD_LINE.replace("<li>", '<li data-block-key="a1b2c">'),) * 2,
    ],
)
def test_first_text_promises_no_days_any_more_and_an_edited_one_stays(
    in_niedersachsen: BoundNetwork, stood: str, stands: str
) -> None:
    page = StandardPage.objects.get(slug=SLUGS[0])
    page.body = [("heading", "Mitglied werden"), ("text", f"<ol>{stood}</ol>")]
    page.save_revision().publish()
    with bind_all("migrations", as_owner=True):
        migration.renew(apps, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT jsonb_typeof(body) FROM cms_standardpage WHERE basepage_ptr_id = %s", [page.pk])
        assert cursor.fetchone() == ("array",)
    page.refresh_from_db()
    for body in (page.body, page.get_latest_revision_as_object().body):
        assert [block["value"] for block in body.raw_data] == ["Mitglied werden", f"<ol>{stands}</ol>"]

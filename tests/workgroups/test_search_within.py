"""Searching within a group: from its page, with a way to everywhere, and nothing of it for who may not read it."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from dkbm.events.domain.searching import index_event
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.events import make_event
from tests.factories.forum import make_topic, space_of
from tests.factories.groups import join_group, make_workgroup
from tests.factories.people import make_person

BOX = '<input type="hidden" name="gruppe" value="ag7">'


def test_group_is_searched_within_by_its_members(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag7", number=7, name="Daten")
        other = make_workgroup("ag8", number=8, name="Ganztag")
        insider, outsider = make_person(), make_person()
        for each in (group, other):
            join_group(each, insider)
        for each, title in ((group, "Xylothek hier"), (other, "Xylothek dort")):
            make_topic(insider, title=title, space=space_of(each))
        event = make_event("Xylothek besuchen")
        event.group_id = group.pk
        event.save()
        index_event(event)
    client = client_of(niedersachsen, insider)
    assert BOX in client.get("/ag/ag7/").text
    page = client.get("/suche/?q=xylothek&gruppe=ag7").text.replace("<mark>", "").replace("</mark>", "")
    assert [title in page for title in ("Xylothek hier", "Xylothek besuchen", "Xylothek dort")] == [True, True, False]
    assert '<a href="?q=xylothek">Überall suchen</a>' in page
    assert BOX in page
    page = client.get("/suche/?q=ganztag&gruppe=ag7").text
    assert "In der Gruppe gibt es dazu keinen Treffer. Gesucht wurde überall." in page
    client = client_of(niedersachsen, outsider)
    assert BOX not in client.get("/ag/ag7/").text
    assert "Xylothek hier" not in client.get("/suche/?q=xylothek&gruppe=ag7").text

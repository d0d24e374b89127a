"""Forms that fit many views a little, for the walks that write."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from tests.access.worlds import World
from tests.factories.people import PASSWORD


def crafted(world: World) -> dict[str, Any]:
    """A form that fits many views a little, with ids of ``world`` wherever a form takes one."""
    first = {key: values[0] for key, values in world.keys.items() if values}
    return {
        "title": "verändert", "name": "verändert", "slug": "veraendert", "text": "verändert",
        "message": "verändert", "subject": "verändert",
        "reason": "verändert", "comment": "verändert", "introduction": "verändert", "welcome": "verändert",
        "body-count": 0, "figures-count": 0, "chapters-count": 0, "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0, "action-publish": "1",
        "comment_subscriptions": "on", "new_title": "verändert", "new_slug": "veraendert", "copy_subpages": "on",
        "publish_copies": "on", "new_parent_page": first["page"], "parent_page": first["page"],
        "chooser": first["page"], "page": first["page"], "pages": first["page"], "image": first["image"],
        "logo": first["image"],
        "document": first["document"], "collection": first["collection"], "parent": first["collection"],
        "tags": world.text("Thema"), "old_path": "/veraendert", "site": first["site"],
        "redirect_page": first["page"],
        "redirect_link": "/x/", "accent": "#0b5a5e", "restriction_type": "none", "active": "on", "confirm": "1",
        "workflow": first["workflow"], "task": first["task"], "person": first["person"], "user": first["person"],
        "id": [*world.keys["page"], *world.keys["image"]], "ids": world.keys["page"], "action": "delete",
        "email": world.people["member"].email, "login": world.people["member"].email, "include_descendants": "on",
        "oldpassword": PASSWORD, "password": PASSWORD, "password1": "ein-neues-langes", "password2": "ein-neues-langes",
        "first_name": "Vera", "last_name": "Ändert", "function": "koko", "step": "grant", "role": "editor",
        "domain": "neu.example.org", "is_question": "ja", "wunsch": "ja", "nummern": "1-99",
        "beitrag": first["post"], "kind": "jahrestreffen", "visibility": "members", "first_day": "2031-05-02",
        "starts": "09:00", "ends": "10:00", "items-TOTAL_FORMS": 0, "items-INITIAL_FORMS": 0, "number": 77,
        "expected_result": "verändert", "question": "verändert", "people": first["person"],
        "speaker": first["person"], "lead": first["person"], "summary": "verändert", "year": 2031,
        "result": "verändert", "url": "/x/", "link_text": "verändert", "email_address": "x@example.org",
        "phone_number": "1", "anchor": "x", "q": "verändert", "next": "/",
        "label": "verändert", "place": 1, "into": first["other_function"],
        "shown_to": "members", "cut": "w5", "umfrage": first["poll"],
    }  # fmt: skip


def only_for(name: str, world: World) -> dict[str, Any]:
    """What the address of this name calls by the same words as others, and means otherwise."""
    manager = world.people["manager"].pk
    fields: dict[str, dict[str, Any]] = {
        "dkbm_catalogue": {"kind": "instrument", "state": "published"},
        "dkbm_glossary": {"term": "verändert", "definition": "verändert"},
        "dkbm_publications": {"kind": "arbeitspapier"},
        "events:register": {"workshop_1": "ws1", "list_consent": "on"},
        "forum:new_poll": {"kind": "single", "options": "verändert\nnicht", "question": "verändert"},
        "forum:act": {"do": "post.mark"},
        "mail_links:why": {"was": "pause", "paused_until": str(timezone.localdate() + datetime.timedelta(days=7))},
        "mails:settings": {"level": "weekly", "months": "3"},
        "notifications:wishes": {"forum-topic": "weekly"},
        "announcements:write": {"selection": "everybody:", "senden": "1"},
        "workgroups:announce": {"selection": "everybody:", "senden": "1"},
        "workgroups:mails": {"mails": "weekly"},
        "workgroups:invite": {"people": world.people["editor"].pk},
        "workgroups:offices": {"speaker": manager},
    }
    return next((extra for start, extra in fields.items() if name.startswith(start)), {})

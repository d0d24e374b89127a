"""Twenty thousand characters in every text field of every form that a page shows: a sentence beside the field where it
has a limit, never an error of the server, and no more work than usual."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dkbm.events.forms.editing import EventPage
from tests.access.crafting import crafted, only_for
from tests.access.requests import requests_as
from tests.access.urls import Pattern
from tests.access.walk import NEVER_ASKED, STRONGEST, client_for
from tests.access.worlds import Worlds

LENGTH = 20_000
SIGNS = ("x", "ä ", "[", "*_", "1", "a-", "> ", "&", "x@", "\n")
"""One after the other, so that each form meets several: words, nesting, numbers, addresses, empty lines."""
MOST_QUERIES = 150
LEAST_FIELDS = 90
REAUTHENTICATION = "/konto/reauthenticate/"


def long_text(number: int) -> str:
    sign = SIGNS[number % len(SIGNS)]
    return (sign * LENGTH)[:LENGTH]


@pytest.mark.long
def test_long_input_is_refused_beside_its_field_with_little_work(
    worlds: Worlds, db: None, patterns: list[Pattern], pytestconfig: Any
) -> None:
    client, asked, wrong = client_for(worlds.own, STRONGEST), set[tuple[str, str]](), list[str]()
    for pattern in patterns:
        if pattern.name in NEVER_ASKED:
            continue
        for request in requests_as(STRONGEST, pattern, worlds.own)[:1]:
            page = client.get(request.path)
            if page.streaming:  # a file, which is closed at its end
                assert b"".join(page.streaming_content)
                continue
            for form, name in text_fields(page):
                if (key := (type(form).__name__, name)) not in asked:
                    asked.add(key)
                    usual = crafted(worlds.own) | only_for(pattern.name, worlds.own) | {"punkte": 1, "action_add": ""}
                    filled = {form.add_prefix(each): usual.get(each, "") for each in form.fields} if form.prefix else {}
                    sent = usual | filled | {name: long_text(len(asked))}
                    wrong += faults(client, request.path, sent, name, form)
    print("\n".join([f"\nLong input: {len(asked)} fields", *wrong]))
    assert wrong == []
    assert pytestconfig.getoption("addresses") or len(asked) >= LEAST_FIELDS


def text_fields(response: HttpResponse) -> Iterator[tuple[forms.BaseForm, str]]:
    """Form and name of each field in which one types."""
    contexts: Any = getattr(response, "context", None) or []
    values = [value for context in contexts for part in getattr(context, "dicts", [context]) for value in part.values()]
    lines = [line for value in values if isinstance(value, EventPage) for line in value.items]
    found = {id(form): form for form in (*values, *lines) if isinstance(form, forms.BaseForm)}
    for form in found.values():
        for name, field in form.fields.items():
            if isinstance(field, forms.CharField) and not field.widget.is_hidden and not field.disabled:
                yield form, form.add_prefix(name)


def faults(client: Client, path: str, sent: dict[str, Any], name: str, form: forms.BaseForm) -> list[str]:
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        response = client.post(path, sent)
        transaction.set_rollback(True)
    client.cookies = cookies
    found, where = [], f"{path} {type(form).__name__}.{name}"
    if response.status_code >= 500:
        found.append(f"{where}: {response.status_code}")
    if len(queries) > MOST_QUERIES:
        found.append(f"{where}: {len(queries)} queries")
    limit = form.fields[name.removeprefix(f"{form.prefix}-")].max_length
    asks_first = response.get("Location", "").startswith(REAUTHENTICATION)
    unread = asks_first or (response.status_code >= 400 and not response.context)
    if limit and limit < LENGTH and sent[name].strip() and not unread and not names(response, name):
        found.append(f"{where}: taken, though {limit} characters are the most ({response.status_code})")
    return found


def names(response: HttpResponse, name: str) -> bool:
    """Whether a form of the answer has an error at the field."""
    return any(name in {form.add_prefix(key) for key in form.errors} for form, _name in text_fields(response))

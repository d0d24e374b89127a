"""Signs that no row can hold, and hosts that are none, end at the door: no error of ours, no traceback in the log."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import AsyncRequestFactory, Client

from dkbm.config.pages import PageHandler
from dkbm.core.storable_requests import StorableRequestMiddleware
from dkbm.core.text import is_storable
from dkbm.live.consumers import _wish_of
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import PASSWORD, make_person

NUL = "\x00"


@pytest.fixture
def manager(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    with bind(niedersachsen):
        return client_of(niedersachsen, make_person(roles=("manager",)), raise_request_exception=False)


@pytest.mark.parametrize(
    "path",
    [
        "/datei/{}/%00",
        "/datei/{}/original_images/a%00.png",
        "/dokument/6/%00",
        "/%00",
        "/ag/%00/",
        "/katalog/a%00b/",
        "/cms/%00",
    ],
)
def test_path_with_nul_is_an_address_of_nothing(manager: Client, niedersachsen: BoundNetwork, path: str) -> None:
    assert manager.get(path.format(niedersachsen.id)).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/verwaltung/mitglieder/?q=%00", "/?%00=1", "/suche/?q=a%00b", "/katalog/?q=%00", "/api/v1/search?q=%00"],
)
def test_parameter_with_nul_is_a_bad_request(manager: Client, path: str) -> None:
    page = manager.get(path)
    assert page.status_code == 400
    assert "Das konnten wir nicht lesen" in page.text


@pytest.mark.parametrize("name", ["login", "password", "remember", f"an{NUL}der"])
def test_form_with_nul_is_a_bad_request(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], name: str
) -> None:
    guest = client_of(niedersachsen, raise_request_exception=False)
    form = {"login": "a@example.org", "password": PASSWORD, name: f"a{NUL}b"}
    for kind in ({}, {"content_type": "application/x-www-form-urlencoded"}):
        data: Any = "&".join(f"{key}={value}".replace(NUL, "%00") for key, value in form.items()) if kind else form
        assert guest.post("/konto/login/", data, **kind).status_code == 400


def test_json_with_nul_is_a_bad_request(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    guest = client_of(niedersachsen, raise_request_exception=False)
    for value in (NUL, [NUL], {"a": {NUL: 1}}, "\ud800"):
        assert guest.post("/konto/login/", json.dumps({"login": value}), "application/json").status_code == 400


ODD = ["hex", "base64", "rot13", "zlib", "punycode", "undefined", "idna", "utf-16", "utf-7", "kein-code", "latin-1", ""]


FORM = b'--X\r\nContent-Disposition: form-data; name="login"\r\n\r\na\r\n--X--\r\n'


def answer_to(kind: str) -> Any:
    """As under ASGI: the test client is a WSGI one, and fails by itself over odd codings."""

    def view(request: HttpRequest) -> HttpResponseBase:
        return door.process_view(request, None, (), {}) or HttpResponse(", ".join(request.POST))

    door = StorableRequestMiddleware(view)
    return door(AsyncRequestFactory().generic("POST", "/konto/login/?next=/a", FORM, kind))


@pytest.mark.parametrize("coding", ODD)
@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=X", "application/json", "application/x-www-form-urlencoded", "text/plain"]
)
def test_body_in_another_coding_than_utf_8_is_a_bad_request(
    in_niedersachsen: BoundNetwork, kind: str, coding: str
) -> None:
    page = answer_to(f"{kind}; charset={coding}")
    assert page.status_code == 400
    assert "Das konnten wir nicht lesen" in page.text


@pytest.mark.parametrize("coding", ["utf-8", "UTF-8", '"utf-8"', "us-ascii"])
def test_form_in_utf_8_is_read(in_niedersachsen: BoundNetwork, coding: str) -> None:
    assert answer_to(f"multipart/form-data; boundary=X; charset={coding}").text == "login"


def test_unknown_coding_in_what_is_accepted_is_a_bad_request(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    guest = client_of(niedersachsen, raise_request_exception=False)
    for accept, status in (("text/html; a*=kein''%41", 400), ("text/html; a*=utf-8''%41", 200)):
        assert guest.get("/suche/", headers={"accept": accept}).status_code == status


def test_unknown_coding_in_a_parameter_of_the_header_is_a_bad_request() -> None:
    scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
    for coding in (b"kein", b"undefined", b"idna"):
        headers = [(b"content-type", b"text/plain; a*=" + coding + b"''%41")]
        request, answer = PageHandler().create_request({**scope, "headers": headers}, io.BytesIO())
        assert (request, answer.status_code) == (None, 400)


def test_cookie_with_nul_is_a_bad_request(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    guest = client_of(niedersachsen, raise_request_exception=False)
    assert guest.get("/", headers={"cookie": r'sitzung="\000"'}).status_code == 400


def test_socket_takes_no_nul() -> None:
    frame = {"action": "act", "channel": "topic:1", "do": "post.mark", "with": {"beitrag": "1"}, "id": "1"}
    assert _wish_of(json.dumps(frame)) is not None
    for wrong in ({"channel": NUL}, {"do": NUL}, {"with": {NUL: "1"}}, {"with": {"a": ["1", NUL]}}, {"id": NUL}):
        assert _wish_of(json.dumps({**frame, **wrong})) is None


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        ("", True),
        ("ä\n\t", True),
        ("%00", True),
        (r"\x00", True),
        (NUL, False),
        ("\udfff", False),
        ([{"a": NUL}], False),
    ],
)
def test_what_postgresql_takes(value: Any, taken: bool) -> None:
    assert is_storable(value) == taken


@pytest.mark.parametrize(
    "host",
    [
        "niedersachsen.localhost:",
        "niedersachsen.localhost:x",
        "a b",
        "nieder_sachsen.localhost",
        "[::1",
        "<script>",
        ":80",
    ],
)
@pytest.mark.parametrize("secure", [False, True])
def test_host_that_is_none_is_refused_without_a_traceback(
    db: None, settings: Any, caplog: pytest.LogCaptureFixture, host: str, secure: bool
) -> None:
    settings.SECURE_SSL_REDIRECT = secure
    with caplog.at_level(logging.INFO):
        page = Client(headers={"host": host}, raise_request_exception=False).get("/")
    assert page.status_code == 400
    assert "Content-Security-Policy" in page
    assert [record for record in caplog.records if record.exc_info or record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize(
    "host", ["niedersachsen.localhost", "NIEDERSACHSEN.localhost:8000", "niedersachsen.localhost."]
)
def test_host_that_is_one_is_answered(db: None, host: str) -> None:
    assert Client(headers={"host": host}).get("/").status_code == 200

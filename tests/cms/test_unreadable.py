"""What is taken for an unreadable request in ``/cms/``, and what stays an error of ours."""

from __future__ import annotations

import logging
import types
from typing import Any

import pytest
from django.db import DataError
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDictKeyError

from dkbm.cms.unreadable import is_unreadable, names_a_page


def call() -> None:
    """Another one in each module."""


def _run() -> None:
    call()


def raised(error: Exception, *modules: str) -> Exception:
    """As it comes out of code of these modules, the outermost first."""

    def fail() -> None:
        raise error

    function = types.FunctionType(fail.__code__, {"__name__": modules[-1]}, closure=fail.__closure__)
    for module in reversed(modules[:-1]):
        function = types.FunctionType(_run.__code__, {"__name__": module, "call": function})
    with pytest.raises(type(error)) as caught:
        function()
    return caught.value


NO_NUMBER = "invalid literal for int() with base 10: '{}'"
WAGTAIL, OURS, DJANGO = "wagtail.blocks.stream_block", "dkbm.editorial.cms", "django.db.models"


@pytest.mark.parametrize(
    ("error", "modules", "expected"),
    [
        (ValueError(NO_NUMBER), (WAGTAIL,), True),
        (ValueError(NO_NUMBER), (OURS, WAGTAIL, DJANGO), True),
        (ValueError(NO_NUMBER), (WAGTAIL, "dkbm.core.request_log", DJANGO), True),
        (MultiValueDictKeyError("body-count"), (WAGTAIL, DJANGO), True),
        (DataError("bigint out of range"), (WAGTAIL, "dkbm.core.request_log"), True),
        # our own code reads the request by its own means
        (ValueError(NO_NUMBER), (WAGTAIL, OURS), False),
        (ValueError(NO_NUMBER), (WAGTAIL, OURS, DJANGO), False),
        (MultiValueDictKeyError("x"), ("goodpractice.cms",), False),
        # it is nothing that was sent
        (ValueError("invalid literal for int() with base 10: 'x'"), (WAGTAIL,), False),
        (ValueError("The view returned None instead."), (WAGTAIL,), False),
        (KeyError("body-count"), (WAGTAIL,), False),
        (AttributeError("'{}' object has no attribute"), (WAGTAIL,), False),
        (ValueError(NO_NUMBER), (DJANGO,), False),
    ],
)
def test_only_wagtails_trouble_with_a_value_of_the_request_is_the_senders_fault(
    error: Exception, modules: tuple[str, ...], expected: bool
) -> None:
    request: Any = RequestFactory().post("/cms/pages/1/edit/", {"body-count": "{}", "p": "99999999999999999999"})
    assert is_unreadable(request, raised(error, *modules)) is expected


def test_large_number_is_no_excuse_where_none_was_sent() -> None:
    request: Any = RequestFactory().get("/cms/", {"p": "999"})
    assert not is_unreadable(request, raised(DataError("bigint out of range"), WAGTAIL))


def test_traceback_stays_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    request: Any = RequestFactory().get("/cms/", {"p": "{}"})
    with caplog.at_level(logging.WARNING, "dkbm.cms.unreadable"):
        assert is_unreadable(request, raised(ValueError(NO_NUMBER), WAGTAIL))
    assert [(record.levelname, record.exc_info is not None) for record in caplog.records] == [("WARNING", True)]


@pytest.mark.parametrize(
    ("address", "expected"),
    [("", True), ("/cms/", True), ("https://example.org/", True), ("x", False), ("cms/", False), ("[]", False)],
)
def test_address_to_go_on_to_is_one(address: str, expected: bool) -> None:
    assert names_a_page(address) is expected

"""Whoever reads across networks stands in the log with the reason; looking a host up does not."""

from __future__ import annotations

import logging

import pytest

from dkbm.accounts.domain.operation import network_numbers
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.hosts import forget_hosts, network_for_host, platform


def reasons(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.reason for record in caplog.records if record.message == "crossing"]  # type: ignore[attr-defined]


def test_crossing_is_logged_with_its_reason(db: None, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="dkbm.tenancy.crossings"), bind(platform()):
        network_numbers()
    assert reasons(caplog) == ["operators: numbers of all networks", "operators: public rows of all networks"]


def test_crossing_of_an_owner_says_so(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="dkbm.tenancy.crossings"), bind_all("command probe", as_owner=True):
        pass
    assert [record.as_owner for record in caplog.records] == [True]  # type: ignore[attr-defined]


def test_routine_is_kept_out(niedersachsen: BoundNetwork, caplog: pytest.LogCaptureFixture) -> None:
    forget_hosts()
    with caplog.at_level(logging.INFO, logger="dkbm.tenancy.crossings"):
        assert network_for_host(niedersachsen.host) == niedersachsen
    assert reasons(caplog) == []

"""A municipality, a group to choose at sign-up, and the mails that the outbox holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache

from dkbm.accounts import signup_choices, tasks
from dkbm.accounts.domain import errands
from dkbm.accounts.signup_choices import ChoiceProvider
from dkbm.municipalities.models import Municipality
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.models import Membership
from tests.accounts.signing_in import PASSWORD


@pytest.fixture
def verden(db: None) -> Municipality:
    with bind_all("register of municipalities", as_owner=True):
        Municipality.objects.create(
            slug="stadt-fuerth", name="Stadt Fürth", kind="kreisfreie_stadt", network_slug="bayern"
        )
        return Municipality.objects.create(
            slug="landkreis-verden", name="Landkreis Verden", kind="landkreis", network_slug="niedersachsen"
        )


@pytest.fixture
def group_choice(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Two groups to choose from; the list records (what, value) of the hooks."""
    calls: list[tuple[str, str]] = []

    def requested(*, membership: Membership, value: str) -> None:
        calls.append(("requested", value))

    def admitted(*, membership: Membership, value: str) -> None:
        calls.append(("admitted", value))

    def refused(*, membership: Membership, value: str) -> None:
        calls.append(("refused", value))

    provider = ChoiceProvider(
        choices=lambda: [("ag1", "AG 1 Bildungsmanagement", ""), ("ag2", "AG 2 Bildungsmonitoring", "Zahlen")],
        suggest=lambda function: "ag2" if function == "bildungsmonitoring" else None,
        on_requested=requested,
        on_admitted=admitted,
        on_refused=refused,
    )
    monkeypatch.setattr(signup_choices, "_providers", [provider])
    return calls


@pytest.fixture
def form_data(verden: Municipality) -> Callable[..., dict[str, Any]]:
    """A complete sign-up form; keywords change it."""

    def make(**changes: Any) -> dict[str, Any]:
        data = {
            "first_name": "Jana",
            "last_name": "Behrens",
            "email": "jana.behrens@landkreis-verden.de",
            "password1": PASSWORD,
            "function": "bildungsmonitoring",
            "municipality": str(verden.pk),
            "terms": "on",
        }
        return {**data, **changes}

    return make


class Post:
    """The outbox of one network."""

    def __init__(self, network: BoundNetwork) -> None:
        self.network = network

    def all(self) -> list[tuple[str, str]]:
        """(kind, address) of every mail, oldest first."""
        with bind(self.network):
            return list(Mail.objects.order_by("pk").values_list("kind", "address"))

    def last(self, kind: str = "") -> Mail:
        with bind(self.network):
            mails = Mail.objects.order_by("pk")
            return (mails.filter(kind=kind) if kind else mails).last()

    def link(self, kind: str = "") -> str:
        """Path of the last link in the last mail of this kind; it must be of this network's host."""
        host, path = re.findall(
            r"http://([^/\s]+)(/konto/(?:confirm-email|beitreten|password)/\S+)", self.last(kind).body
        )[-1]
        assert host.partition(":")[0] == self.network.host
        return path


@pytest.fixture
def post_of() -> Callable[[BoundNetwork], Post]:
    return Post


@pytest.fixture(autouse=True)
def worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does errands the moment they are left, instead of after the commit, which a test has none of."""

    def do(task: str, *, errand_id: int) -> None:
        assert task == errands.TASK
        errands.run(errand_id, tasks.HANDLERS)

    monkeypatch.setattr(errands, "publish_on_commit", do)


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests(request: pytest.FixtureRequest) -> None:
    """``committed_network`` works without a surrounding transaction and meets no limits."""
    if "committed_network" in request.fixturenames:
        return
    for name in ("niedersachsen", "bayern"):
        with bind(request.getfixturevalue(name)):
            cache.clear()

"""Models say themselves where their table stands, and the system check refuses what does not fit."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from django.db import models
from django.test.utils import isolate_apps

from dkbm.accounts.models import Person
from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import NetworkTag
from dkbm.municipalities.models import Municipality
from dkbm.tenancy import checks
from dkbm.tenancy.models import NetworkOwned
from dkbm.tenancy.tables import Kind, Table, classify


def errors_of(model: type[models.Model], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(checks, "all_models", lambda: [model])
    return [str(error.id) for error in checks.check_models(None)]


@isolate_apps("dkbm.core")
def test_model_that_says_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stray(models.Model):  # noqa: DJ008
        class Meta:
            app_label = "core"

    assert classify(Stray) is None
    assert errors_of(Stray, monkeypatch) == ["tenancy.E001"]


@isolate_apps("dkbm.core")
def test_own_manager_without_the_condition_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Leaking(NetworkOwned):
        objects: ClassVar[Any] = models.Manager()

        class Meta:
            app_label = "core"

    assert errors_of(Leaking, monkeypatch) == ["tenancy.E002"]


@pytest.mark.parametrize("target", [Person, NetworkTag])
@isolate_apps("dkbm.core")
def test_common_model_must_not_lead_into_a_network(target: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Register(models.Model):  # noqa: DJ008
        common_because = "a register"
        entry = models.ForeignKey(target, on_delete=models.CASCADE, related_name="+")

        class Meta:
            app_label = "core"

    assert errors_of(Register, monkeypatch) == ["tenancy.E003"]


@isolate_apps("dkbm.core")
def test_model_with_a_network_stays_closed_whatever_it_says() -> None:
    class Twofold(NetworkOwned):
        common_because = "a mistake"

        class Meta:
            app_label = "core"

    table = classify(Twofold)
    assert table is not None
    assert table.kind is Kind.NETWORK


def test_models_say_why_all_may_read_them_and_that_the_root_is_everybodys() -> None:
    assert classify(Municipality) == Table(
        "municipalities_municipality", Kind.COMMON, "public register of districts and cities"
    )
    assert classify(BasePage) == Table("basepage_basepage", Kind.NETWORK, root=True)

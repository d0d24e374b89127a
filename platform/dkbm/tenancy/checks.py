"""System check: every model stands on exactly one list, and its default manager keeps what the list promises."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register

from .tables import Kind, all_models, classify

A_NETWORKS = {Kind.NETWORK, Kind.HIDDEN, Kind.PERSON, Kind.OF_PERSON}
SCOPED = {Kind.NETWORK, Kind.HIDDEN, Kind.NETWORK_ITSELF, Kind.PERSON, Kind.OF_PERSON}


@register("tenancy")
def check_models(app_configs: Any, **kwargs: Any) -> list[Error]:
    """E001: on no list. E002: its default manager is not scoped. E003: common, but points to what is not."""
    errors = []
    for model in all_models():
        table = classify(model)
        if table is None:
            errors.append(
                Error(
                    f"{model._meta.label} stands on no list of tenancy.tables.",
                    hint="Give it a network (NetworkOwned), a parent (NetworkPart), or a reason (common_because).",
                    obj=model,
                    id="tenancy.E001",
                )
            )
        elif table.kind in SCOPED and not model._meta.auto_created and not _is_scoped(model):
            errors.append(
                Error(f"The default manager of {model._meta.label} is not scoped.", obj=model, id="tenancy.E002")
            )
        elif table.kind is Kind.COMMON and (field := _field_into_a_network(model)):
            errors.append(
                Error(
                    f"{model._meta.label} is common, but its {field} leads to a row of a network or a person.",
                    obj=model,
                    id="tenancy.E003",
                )
            )
    return errors


def _is_scoped(model: Any) -> bool:
    return any(hasattr(klass, "network_condition") for klass in type(model._default_manager).__mro__)


def _field_into_a_network(model: Any) -> str:
    for field in model._meta.local_fields:
        target = field.remote_field.model if field.remote_field else None
        if target is not None and (table := classify(target)) and table.kind in A_NETWORKS:
            return str(field.name)
    return ""

"""The picture of the models in ``platform/docs/models.md``: every own model, what it points to, whose row it is."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from django.apps import apps
from django.db import models

from dkbm.tenancy.tables import Kind, classify
from tests.architecture.source import ROOT

PATH = ROOT / "platform" / "docs" / "models.md"
ORDER = (
    "forum", "goodpractice", "workgroups", "dkbm.editorial", "dkbm.events", "dkbm.imports", "dkbm.accounts",
    "dkbm.municipalities", "dkbm.glossary", "dkbm.inbound", "dkbm.notifications", "dkbm.search", "dkbm.cms",
    "dkbm.audit", "dkbm.tenancy",
)  # fmt: skip
HEAD = """# Models

Generated from the code. The test that compares it writes it anew with
`UPDATE=1 .venv/bin/pytest tests/architecture/test_models_picture.py`.

`->` one, `=>` exactly one each, `*>` many. In brackets whose row it is: a network's, part of a parent's, a person's,
or common to all networks. Fields to the network itself are left out.
"""
WHOSE = {
    Kind.NETWORK: "network",
    Kind.HIDDEN: "part of its parent",
    Kind.NETWORK_ITSELF: "the network",
    Kind.PERSON: "person",
    Kind.OF_PERSON: "of a person",
    Kind.COMMON: "common",
    Kind.CLOSED: "closed",
}


def picture() -> str:
    """The whole page."""
    found = defaultdict(list)
    for model in apps.get_models():
        app = model._meta.app_config.name
        if app.startswith("dkbm.") or app in ORDER:
            found[app.removesuffix(".basepage")].append(model)
    names = [*(name for name in ORDER if name in found), *sorted(set(found) - set(ORDER))]
    return HEAD + "".join(_app(name, found[name]) for name in names)


def _app(name: str, found: list[type[models.Model]]) -> str:
    lines = "\n".join(line for model in sorted(found, key=lambda model: model.__name__) for line in _model(model))
    return f"\n## {name}\n\n```\n{lines}\n```\n"


def _model(model: type[models.Model]) -> list[str]:
    table = classify(model)
    whose = WHOSE[table.kind] if table else "nobody has decided"
    return [f"{model.__name__} [{whose}]", *sorted(_relations(model))]


def _relations(model: type[models.Model]) -> list[str]:
    lines = []
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
        if field.remote_field is None or field.name == "network" or field.name.endswith("_ptr"):
            continue
        arrow = "*>" if field.many_to_many else "=>" if field.one_to_one else "->"
        optional = " (may be empty)" if getattr(field, "null", False) else ""
        lines.append(f"  {field.name} {arrow} {field.remote_field.model.__name__}{optional}")
    return lines


def stored() -> str:
    return Path(PATH).read_text(encoding="utf-8")

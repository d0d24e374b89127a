"""What people write is shown as they wrote it, and never becomes Typst's language."""

from __future__ import annotations

import json
from typing import Any

import pytest
import typst

from dkbm.printing import typesetting
from dkbm.printing.errors import TypesettingFailed
from dkbm.printing.letters import drawable
from dkbm.printing.templates import source_of
from dkbm.printing.typesetting import typeset
from tests.printing.samples import HOSTILE, TEMPLATE, data


def test_hostile_text_is_shown_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of Typst itself: the heading is one text, with all signs, and not what they would mean."""
    asked: list[Any] = []
    compile_pdf = typst.compile

    def compile_and_ask(main: str, pdf_standards: list[str], **given: Any) -> Any:
        asked.append(json.loads(typst.query(main, "heading.where(level: 1)", field="body", one=True, **given)))
        return compile_pdf(main, pdf_standards=pdf_standards, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(typesetting.typst, "compile", compile_and_ask)
    assert typeset(template=TEMPLATE, data=data(HOSTILE, title=HOSTILE), pictures={}).startswith(b"%PDF-")
    assert asked == [{"func": "text", "text": drawable(HOSTILE)}]


@pytest.mark.parametrize("missing", ["title", "words", "accent"])
def test_incomplete_data_is_refused_with_a_reason(missing: str) -> None:
    given = data()
    del given[missing]
    with pytest.raises(TypesettingFailed, match=missing):
        typeset(template=TEMPLATE, data=given, pictures={})


def test_template_is_part_of_what_is_kept() -> None:
    assert "#show: page-frame" in source_of(TEMPLATE)
    assert "#let page-frame" in source_of(TEMPLATE)
    with pytest.raises(KeyError):
        source_of("nobody.registered")

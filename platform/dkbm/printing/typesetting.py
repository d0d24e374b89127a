"""Typst: a template and data in, a tagged PDF out that says of itself that it is PDF/UA-1.

Typst checks what a program can see of that rule while it writes, and refuses instead of writing what breaks it.
It gets no font of the system and no file but those of the one document.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from .errors import TypesettingFailed
from .letters import drawable_in, holds_unknown
from .templates import FRAME, template_path


@lru_cache(1)
def _fonts() -> typst.Fonts:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(settings.PRINT_FONTS)]
    )
    if not fonts.families():
        raise TypesettingFailed("The fonts are missing: python -m dkbm.launcher.frontend")
    return fonts


def typeset(*, template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes]) -> bytes:
    """Raises :class:`TypesettingFailed`. ``pictures``: file name -> content."""
    shown = drawable_in(dict(data))
    shown["has_unknown_signs"] = holds_unknown({**shown, "unknown_signs": ""})
    shown["pictures"] = {Path(name).stem: name for name in pictures}
    with tempfile.TemporaryDirectory(prefix="druck-") as folder:
        root = Path(folder)
        main = root / "main.typ"
        main.write_bytes(template_path(template).read_bytes())
        (root / FRAME.name).write_bytes(FRAME.read_bytes())
        for name, content in pictures.items():
            (root / name).write_bytes(content)
        return _compiled(main, root, json.dumps(shown))


def _compiled(main: Path, root: Path, data: str) -> bytes:
    try:
        compiled = typst.compile(
            str(main),
            root=str(root),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": data},
            pdf_standards=["ua-1"],
            # No packages: a template is ours from its first line to its last, and nothing is fetched.
            package_path=str(root),
            package_cache_path=str(root),
        )
    except typst.TypstError as error:
        raise TypesettingFailed(error.diagnostic or error.message) from error
    if not isinstance(compiled, bytes) or not compiled.startswith(b"%PDF-"):
        raise TypesettingFailed("Typst returned no PDF.")
    return compiled

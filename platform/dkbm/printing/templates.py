"""Registry of the templates by which apps print. Each lies with the app whose words it has."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

FRAME = Path(__file__).with_name("typst") / "frame.typ"
"""What all templates have in common; they import it as ``frame.typ``."""
_templates: dict[str, Path] = {}


def register_template(name: str, path: Path) -> None:
    """``path``: a file in Typst's language, which begins with ``#import "frame.typ": *``."""
    _templates[name] = path
    source_of.cache_clear()


def template_path(name: str) -> Path:
    """Raises ``KeyError`` for one that nobody has registered."""
    return _templates[name]


@lru_cache(64)
def source_of(name: str) -> str:
    """Template and frame, as one text: what a PDF looks like follows from it."""
    return template_path(name).read_text("utf-8") + FRAME.read_text("utf-8")

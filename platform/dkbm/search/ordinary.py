"""Words that say little: ``data/words.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from .text import spelt_out

WORDS = Path(__file__).parent / "data" / "words.yaml"


def is_stop(word: str) -> bool:
    """It stands in every text; of a word that is spelt out, as below."""
    return word in _lists()["stop"]


def is_filler(word: str) -> bool:
    """People ask questions with it."""
    return word in _lists()["fillers"]


def is_weak(word: str) -> bool:
    """It says next to nothing in a network like ours."""
    return word in _lists()["weak"]


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = yaml.load(WORDS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {name: frozenset(map(spelt_out, words.split())) for name, words in lists.items()}

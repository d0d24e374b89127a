"""Which functions an AG is meant for: keys of ``accounts.Function``, or words where none fits."""

from __future__ import annotations

from collections.abc import Iterable

from dkbm.accounts.enums import Function
from dkbm.core.text import german_slug


def function_key(text: str) -> str:
    """The key of a function given as key, label or a longer wording of it; the text itself where none fits."""
    by_label = {str(function.label).casefold(): function.value for function in Function}
    if text in Function.values:
        return text
    if text.casefold() in by_label:
        return by_label[text.casefold()]
    words = german_slug(text).split("-")
    return next((word for word in words if word in Function.values), text)


def function_keys(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(function_key(text.strip()) for text in texts if text.strip()))


def function_label(key: str) -> str:
    return str(Function(key).label) if key in Function.values else key

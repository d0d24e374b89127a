"""Which functions an AG is meant for: keys of ``accounts.Function``, or words where none fits."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.text import slugify

from dkbm.accounts.enums import Function

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def german_slug(text: str, *, length: int = 80) -> str:
    """ "Bildungsbüro für alle" -> "bildungsbuero-fuer-alle", without a hyphen at either end."""
    return re.sub(r"-+", "-", slugify(text.translate(_UMLAUTS)).replace("_", "-"))[:length].strip("-")


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

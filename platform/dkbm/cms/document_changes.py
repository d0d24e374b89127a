"""Registry of what the apps above do when documents change, filled in ``apps.ready()``.

Wagtail's views write documents by themselves, also many in one statement, and no signal of Wagtail tells of it; so
the model and its queryset do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Listener = Callable[[list[int]], object]
Note = Callable[[int], str]

_listeners: list[Listener] = []
_notes: list[Note] = []


def register_document_listener(listener: Listener) -> None:
    """``listener(ids)`` runs in the transaction that has saved, moved or deleted these documents."""
    _listeners.append(listener)


def documents_changed(ids: Iterable[int]) -> None:
    changed = list(ids)
    for listener in _listeners if changed else ():
        listener(changed)


def register_document_note(note: Note) -> None:
    """``note(id)``: a German sentence that editors read beside the document's file, or nothing."""
    _notes.append(note)


def notes_of(document_id: int) -> list[str]:
    return [text for note in _notes if (text := note(document_id))]

"""What a domain function refuses becomes a problem of the entry that was being loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from dkbm.core.decisions import Refusal
from dkbm.imports.problems import BrokenData, Problem

Say = Callable[[str], None]
"""Takes a line of progress."""


@contextmanager
def naming(file: str, entry: str) -> Iterator[None]:
    """Turn refusals of the block into :class:`BrokenData` with file, entry and reason."""
    try:
        yield
    except ValidationError as error:
        raise BrokenData([Problem(file, f"„{entry}“", " ".join(error.messages))]) from error
    except (Refusal, ValueError, LookupError) as error:
        raise BrokenData([Problem(file, f"„{entry}“", str(error))]) from error


def paragraphs(text: str) -> str:
    """The files part paragraphs by one line end, Markdown by an empty line."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())

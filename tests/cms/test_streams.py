"""A file leaves in parts; no more of it is in memory than the browser takes."""

from __future__ import annotations

import io

import pytest

from dkbm.cms.streams import PART, StreamedFile


@pytest.mark.asyncio
async def test_file_is_read_only_as_far_as_it_is_sent() -> None:
    file = io.BytesIO(b"x" * (2 * PART + 1))
    parts = aiter(StreamedFile(file))
    assert (len(await anext(parts)), file.tell()) == (PART, PART)
    assert [len(part) async for part in parts] == [PART, 1]


def test_file_is_sent_to_synchronous_callers_too() -> None:
    response = StreamedFile(io.BytesIO(b"x" * (PART + 1)), filename="bericht.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert [len(part) for part in response] == [PART, 1]


def test_empty_file_has_no_parts() -> None:
    assert list(StreamedFile(io.BytesIO(b""))) == []

"""Files on their way to the browser, in parts also where the server is asynchronous."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.http import FileResponse

PART = 256 * 1024


class StreamedFile(FileResponse):
    """Under ASGI Django reads a ``FileResponse`` whole into memory before the first byte leaves; this one does not."""

    block_size = PART

    async def __aiter__(self) -> AsyncIterator[bytes]:
        # A slow download asks the database nothing more, and connections are few.
        await sync_to_async(close_old_connections)()
        parts = iter(self.streaming_content)  # type: ignore[arg-type]
        while part := await sync_to_async(_next)(parts):
            yield part


def _next(parts: Iterator[bytes]) -> bytes:
    """The next part, empty at the end: ``StopIteration`` cannot leave a coroutine."""
    return next(parts, b"")

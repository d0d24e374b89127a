"""Django's way to a mail server, which also says when a message is about to end.

Up to the dot that ends it the server has nothing; from then on it may have it, whether or not its answer is heard.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

_LINE_END = re.compile(rb"\r\n|\n|\r(?!\n)")
_DOT = re.compile(rb"(?m)^\.")


class _Ending:
    """Mixed into a connection of ``smtplib``. ``before_end``: called once the server has all but the last dot; where
    it raises, the connection is dropped and the server forgets the message."""

    before_end: Callable[[], None] | None = None

    def data(self: Any, msg: Any) -> tuple[int, bytes]:
        """As ``smtplib`` does it (RFC 5321, 4.1.1.4), in two steps."""
        self.putcmd("data")
        code, answer = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        text = _DOT.sub(b"..", _LINE_END.sub(b"\r\n", msg.encode("ascii") if isinstance(msg, str) else msg))
        self.send(text if text.endswith(b"\r\n") else text + b"\r\n")
        if self.before_end is not None:
            try:
                self.before_end()
            except BaseException:
                self.close()
                raise
        self.send(b".\r\n")
        code, answer = self.getreply()
        return code, answer


class _Connection(_Ending, smtplib.SMTP):
    pass


class _SecureConnection(_Ending, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangoBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SecureConnection if self.use_ssl else _Connection


def call_before_end(backend: Any, hook: Callable[[], None]) -> None:
    """Let an open backend call ``hook`` before the end of the next message; at once where it cannot say when."""
    connection = getattr(backend, "connection", None)
    if isinstance(connection, _Ending):
        connection.before_end = hook
    else:
        hook()

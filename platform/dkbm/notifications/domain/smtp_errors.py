"""What a mail server's error means: a German sentence, and whether to try again."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Failure:
    sentence: str
    again: bool


# Raised while linking up or when the link breaks. Refused passwords are among them: they are about us, not the mail.
_NO_LINK = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
)


def is_lost(error: Exception) -> bool:
    """Whether it is about the link and not about the mail."""
    # `SMTPException` is an OSError too, but what is left of it says nothing about the link.
    return isinstance(error, _NO_LINK) or (isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException))


def read_error(error: Exception) -> Failure:
    """Only lost links and answers 4xx are tried again; all else is final."""
    if is_lost(error):
        return _no_link(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return _answered(code, answer)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error)
    name = type(error).__name__
    return Failure(_("Die E-Mail ließ sich nicht versenden (%(error)s).") % {"error": name}, again=False)


def _no_link(error: Exception) -> Failure:
    sentence = _("Der Mailserver ist nicht erreichbar (%(error)s).") % {"error": type(error).__name__}
    return Failure(sentence, again=True)


def _answered(code: int, answer: bytes | str) -> Failure:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    values = {"answer": f"{code} {' '.join(text.split())}"[:300]}
    if 400 <= code < 500:
        return Failure(_("Der Mailserver nimmt die E-Mail gerade nicht an: %(answer)s") % values, again=True)
    return Failure(_("Der Mailserver nimmt die E-Mail nicht an: %(answer)s") % values, again=False)

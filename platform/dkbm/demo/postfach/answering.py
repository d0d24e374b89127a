"""Answers a mail as its recipient would in a mail program, so that the way can be tried without one."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import localtime, make_msgid

from django import forms
from django.core.mail import EmailMessage as OutgoingMail
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dkbm.core.forms import RefusableForm, TextField
from dkbm.core.text import one_line
from dkbm.demo.postfach.mailbox import Mail
from dkbm.inbound.door import receive
from dkbm.inbound.enums import Door
from dkbm.notifications.domain.reply_addresses import read_reply_address

SAYS = {
    Door.TAKEN: gettext_lazy("Die Antwort ist angekommen. Was daraus wird, sehen Sie gleich im Thema oder hier."),
    Door.TOO_MANY: gettext_lazy("Der Mailserver sagt: zu viele Antworten auf einmal, bitte später."),
    Door.NO_SUCH_ADDRESS: gettext_lazy("Der Mailserver sagt: Diese Adresse gibt es nicht."),
    Door.TOO_LARGE: gettext_lazy("Der Mailserver sagt: Die E-Mail ist zu groß."),
}


class AnswerForm(RefusableForm):
    text = TextField(
        label=gettext_lazy("Ihre Antwort"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie einen Text.")},
    )


def answer(mail: Mail, text: str) -> str:
    """Send it by the door that a mail server takes; returns a German sentence. Answers to somebody outside of the
    platform go to the demo's own mailbox."""
    own = mail.recipients[0] if mail.recipients else ""
    if read_reply_address(mail.answers_to) is None:
        subject = f"AW: {one_line(mail.subject)}"
        OutgoingMail(subject, text, own, [mail.answers_to]).send()
        return _("Die Antwort ging an %(address)s.") % {"address": mail.answers_to}
    door = receive(raw=bytes(message_of(mail, text)), envelope_to=mail.answers_to, envelope_from=own)
    return str(SAYS[door])


def message_of(mail: Mail, text: str) -> EmailMessage:
    """With the quote that a mail program puts below."""
    message = EmailMessage()
    message["From"], message["To"] = mail.recipients[0], mail.answers_to
    message["Subject"] = f"AW: {one_line(mail.subject)}"
    message["Date"], message["Message-ID"] = localtime(), make_msgid(domain="postfach.example.org")
    if mail.message_id:
        message["In-Reply-To"] = message["References"] = mail.message_id
    when = formats.date_format(timezone.localtime(mail.received), "d.m.Y \\u\\m H:i")
    quote = "\n".join(f"> {line}".rstrip() for line in mail.text.strip().split("\n"))
    message.set_content(f"{text.strip()}\n\nAm {when} schrieb {one_line(mail.sender)}:\n{quote}\n")
    return message

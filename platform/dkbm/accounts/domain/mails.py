"""What people are told about their membership, and the mails about their account, which go to addresses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.accounts import signup_choices
from dkbm.accounts.domain.queries.membership import managers_to_tell
from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import AdmissionRequest, JoinLink, Person
from dkbm.core.paths import network_path
from dkbm.notifications.domain.outbox import send_to_address
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.enums import Level
from dkbm.notifications.kinds import Kind, MailKind
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import Membership

MESSAGE = "member.message"

KINDS = (
    MailKind("account.confirm", _("Adresse bestätigen"), _("Bitte bestätigen Sie Ihre E-Mail-Adresse")),
    MailKind("account.known", _("Konto besteht schon"), _("Sie haben schon ein Konto")),
    MailKind(
        "account.join",
        _("Mitgliedschaft mit vorhandenem Konto"),
        _("So werden Sie Mitglied: %(network_name)s"),
    ),
    MailKind("account.invited", _("Einladung"), _("Einladung: %(network_name)s")),
    MailKind("account.password_reset", _("Passwort vergessen"), _("Neues Passwort festlegen")),
    MailKind("account.changed", _("Konto geändert"), "%(what)s"),
    MailKind("network.contact", _("Nachricht an das Netzwerk"), _("Anfrage an das Netzwerk: %(subject)s")),
    MailKind("account.attempts", _("Falsche Passwörter"), _("Viele falsche Passwörter für Ihr Konto")),
    Kind(
        "membership.requested",
        _("Aufnahme angefragt"),
        _("%(name)s möchte Mitglied werden"),
        sentence=_("%(name)s möchte Mitglied werden."),
    ),
    Kind(
        "membership.admitted",
        _("Aufgenommen"),
        _("Sie sind jetzt Mitglied: %(network_name)s"),
        sentence=_("Sie sind jetzt Mitglied: %(network_name)s."),
    ),
    Kind(
        "membership.refused",
        _("Nicht aufgenommen"),
        _("Ihre Anfrage: %(network_name)s"),
        sentence=_("Ihre Anfrage wurde nicht angenommen: %(network_name)s."),
    ),
    Kind(
        "role.changed",
        _("Rolle geändert"),
        _("Ihre Rolle: %(network_name)s"),
        sentence=_("Die Rolle „%(role)s“ wurde Ihnen %(change)s."),
    ),
    Kind(
        MESSAGE,
        _("Nachrichten von Mitgliedern"),
        _("Nachricht von %(name)s: %(subject)s"),
        sentence=_("%(name)s hat Ihnen eine E-Mail geschrieben."),
        optional=True,
        levels=(Level.AT_ONCE, Level.OFF),
    ),
)


def send_confirmation(*, address: str, token: str) -> None:
    """Without the name: whoever typed it may be a stranger to the owner of the mailbox."""
    send_to_address(
        kind="account.confirm",
        email=address,
        path=network_path("accounts:confirm_address", token),
        context={"network_name": require_network().name},
    )


def send_account_known(*, address: str) -> None:
    """Somebody signed up with the address of a person who belongs here already."""
    send_to_address(
        kind="account.known",
        email=address,
        path=network_path("account_login"),
    )


def send_password_reset(*, address: str, uid: str, key: str) -> None:
    send_to_address(
        kind="account.password_reset",
        email=address,
        path=network_path("account_reset_password_from_key", uid, key),
    )


def send_attempts(*, address: str, day: str) -> None:
    """``day``: one mail a day."""
    send_to_address(
        kind="account.attempts",
        email=address,
        path=network_path("account_reset_password"),
        key=f"account.attempts:{address}:{day}"[:200],
    )


def send_account_changed(*, email: str, what: str, to_email: str = "") -> None:
    """``what``: the change as a sentence without its full stop. ``to_email``: the new address, where it is that."""
    send_to_address(
        kind="account.changed",
        email=email,
        path=network_path("account_reset_password"),
        context={"what": what, "to_email": to_email},
    )


def send_join_link(*, link: JoinLink, token: str) -> None:
    send_to_address(
        kind="account.invited" if link.admits else "account.join",
        email=link.email,
        path=network_path("accounts:join", token),
        cause=link,
        context={
            "network_name": require_network().name,
            "roles": ", ".join(str(Role(role).label) for role in link.roles),
        },
    )


def send_contact(*, to: str, name: str, email: str, subject: str, text: str) -> None:
    """What somebody writes to the network by its contact form."""
    send_to_address(
        kind="network.contact",
        email=to,
        path=network_path("support:contact"),
        context={"name": name, "from_address": email, "subject": subject, "message": text},
        reply_to=email,
    )


def tell_managers(request: AdmissionRequest) -> None:
    """A request is ready to be decided: its address is verified."""
    person = request.membership.person
    card = profiles_for([person.pk])[person.pk]
    tell(
        kind="membership.requested",
        people=managers_to_tell(),
        about=request,
        path=network_path("management:requests"),
        context={
            "name": card.name,
            "line": card.line,
            "choice": signup_choices.label_of(request.choice),
        },
    )


def tell_admitted(request: AdmissionRequest) -> None:
    tell(
        kind="membership.admitted",
        people=[request.membership.person],
        about=request,
        path="/",
        context={
            "network_name": require_network().name,
            "choice": signup_choices.label_of(request.choice),
            "reason": request.reason,
        },
    )


def tell_refused(request: AdmissionRequest) -> None:
    tell(
        kind="membership.refused",
        people=[request.membership.person],
        about=request,
        path="/",
        context={"network_name": require_network().name, "reason": request.reason},
    )


def tell_role(*, membership: Membership, role: str, granted: bool, reason: str) -> None:
    tell(
        kind="role.changed",
        people=[membership.person],
        about=membership,
        occasion=every_time(),
        path=network_path("accounts:home"),
        context={
            "network_name": require_network().name,
            "role": str(Role(role).label),
            "granted": "ja" if granted else "",
            "change": str(_("gegeben") if granted else _("entzogen")),
            "reason": reason,
        },
    )


def tell_message(*, sender: Person, to: Person, subject: str, text: str, shows_address: bool) -> None:
    """What one member writes to another. The text goes into the mail alone; the path leads to who wrote it."""
    card = profiles_for([sender.pk])[sender.pk]
    tell(
        kind=MESSAGE,
        people=[to],
        about=sender,
        occasion=every_time(),
        path=network_path("accounts:person", sender.pk),
        context={
            "name": card.name,
            "line": card.line,
            "subject": subject,
            "message": text,
            "answer_to": sender.email if shows_address else "",
        },
        reply_to=sender.email if shows_address else "",
        sender=card.name,
    )

"""Why somebody got a mail about a thing, or none: each step with what became of it, or what would hold today."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dkbm.notifications.domain.deciding import decide
from dkbm.notifications.domain.queries.notifications import sentence_of
from dkbm.notifications.enums import DIGESTS, Level, MailState, Rule
from dkbm.notifications.kinds import UnknownKind, kind_of, label_of
from dkbm.notifications.models import Mail, Notification
from dkbm.notifications.scopes import Within
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.groups import member_of_group_since, name_of_group, readers_among
from dkbm.tenancy.models import Membership

MOST = 20


@dataclass(frozen=True)
class Trace:
    """One thing that happened, and what became of it for the person; ``steps``: German sentences, in their order."""

    title: str
    steps: list[str]


def trace(*, membership: Membership, thing: str) -> list[Trace]:
    """``thing``: address of a page of the network, or a part of a title. Newest first; never empty."""
    about = _about(thing)
    own = Notification.objects.filter(about, person_id=membership.person_id).select_related("digest")[:MOST]
    told = [_of_notification(row) for row in own]
    mails = Mail.objects.filter(_mails_about(thing), recipient_id=membership.person_id, notification=None)
    told += [Trace(mail.subject, [_of_mail(mail)]) for mail in mails.exclude(kind__startswith="digest.")[:MOST]]
    return told or _of_nothing(membership, Notification.objects.filter(about))


def _about(thing: str) -> Q:
    path = _path(thing)
    if path:
        return Q(path=path) | Q(path__startswith=f"{path}#") | Q(path__startswith=f"{path}?")
    return Q(values__title__icontains=thing.strip())


def _mails_about(thing: str) -> Q:
    path = _path(thing)
    return Q(path=path) if path else Q(subject__icontains=thing.strip())


def _path(thing: str) -> str:
    """Of an address of the network, with or without its host; empty for what is none."""
    parts = urlsplit(thing.strip())
    return parts.path if parts.path.startswith("/") else ""


def _of_notification(row: Notification) -> Trace:
    steps = [_("Benachrichtigt am %(when)s.") % {"when": _when(row.told)}, _ruling(Rule(row.rule), Level(row.level))]
    mail = Mail.objects.filter(notification=row.pk).first()
    if mail is not None:
        steps.append(_of_mail(mail))
    elif row.digest is not None:
        steps.append(_("Stand im Überblick „%(subject)s“.") % {"subject": row.digest.subject})
        steps.append(_of_mail(row.digest))
    elif row.level in DIGESTS:
        steps.append(_waiting(row))
    elif row.level == Level.AT_ONCE:
        steps.append(_("Die E-Mail dazu ist nicht mehr gespeichert."))
    else:
        steps.append(_("Deshalb gab es keine E-Mail."))
    if row.read:
        steps.append(_("Auf der Plattform gelesen am %(when)s.") % {"when": _when(row.read)})
    return Trace(sentence_of(row), steps)


def _ruling(rule: Rule, level: Level) -> str:
    return _("Regel: %(rule)s. Weg: %(level)s.") % {"rule": rule.label, "level": level.label}


def _waiting(row: Notification) -> str:
    if row.read:
        return _("Vor dem nächsten Überblick gelesen; deshalb stand es in keinem.")
    return _("Wartet auf den nächsten Überblick.")


def _of_mail(mail: Mail) -> str:
    values = {
        "address": mail.address,
        "n": mail.attempts,
        "error": mail.error,
        "when": _when(mail.sent_at or mail.next_try),
        "created": _when(mail.created),
    }
    if mail.state == MailState.SENT:
        return _("E-Mail an %(address)s: am %(when)s vom Mailserver angenommen (Versuch %(n)s).") % values
    if mail.state in (MailState.QUEUED, MailState.SENDING, MailState.HANDED):
        text = _("E-Mail an %(address)s: wartet seit %(created)s, %(n)s Versuche, nächster am %(when)s.") % values
    else:
        text = _("E-Mail an %(address)s: nicht zugestellt, %(n)s Versuche.") % values
    return f"{text} {_('Antwort des Servers: %(error)s') % values}" if mail.error else text


def _of_nothing(membership: Membership, others: QuerySet[Notification]) -> list[Trace]:
    """Nothing was told to the person: of what happened to others, why not to them."""
    example = others.first()
    if example is None:
        text = _("Dazu ist niemand benachrichtigt worden, oder es ist länger als ein halbes Jahr her.")
        return [Trace(_("Nichts gefunden"), [text, *_of_membership(membership, None)])]
    steps = [
        _("Andere wurden am %(when)s benachrichtigt, diese Person nicht.") % {"when": _when(example.told)},
        *_of_membership(membership, example),
        *_of_group(membership, example),
    ]
    return [Trace(label_of(example.kind), [*steps, *_today(membership, example)])]


def _of_membership(membership: Membership, example: Notification | None) -> list[str]:
    if membership.state != MembershipState.ACTIVE:
        state = membership.get_state_display()
        return [_("Im Netzwerk ist die Person jetzt: %(state)s.") % {"state": state}]
    if example and membership.since and membership.since > example.told:
        return [_("Die Person ist erst seit %(when)s im Netzwerk.") % {"when": _when(membership.since)}]
    return []


def _of_group(membership: Membership, example: Notification) -> list[str]:
    group = name_of_group(example.group)
    if group is None:
        return []
    since = member_of_group_since(group.id, membership.person_id)
    if since is None and membership.person_id in readers_among(group.id, [membership.person_id]):
        return [_("Sie kann „%(group)s“ lesen, ist dort aber nicht Mitglied.") % {"group": group.title}]
    if since is None:
        return [_("Sie gehört nicht (oder nicht mehr) zu „%(group)s“.") % {"group": group.title}]
    if since > example.told:
        return [
            _("Sie ist erst danach, am %(when)s, zu „%(group)s“ gekommen.")
            % {
                "group": group.title,
                "when": _when(since),
            }
        ]
    return [
        _("Sie gehört seit %(when)s zu „%(group)s“; vielleicht hat sie es selbst geschrieben.")
        % {
            "group": group.title,
            "when": _when(since),
        }
    ]


def _today(membership: Membership, example: Notification) -> list[str]:
    try:
        kind = kind_of(example.kind)
    except UnknownKind:
        return []
    within = Within(group=example.group, topic=example.topic)
    ruling = decide(kind, [membership.person_id], within)[membership.person_id]
    return [_("Heute gälte für sie: %(ruling)s") % {"ruling": _ruling(ruling.rule, ruling.level)}]


def _when(moment: object) -> str:
    return date_format(localtime(moment), "j. F Y, H:i")  # type: ignore[arg-type]

"""Who runs the installation: named in the footer of the front door, in its imprint and its privacy text."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from dkbm.cms.domain.edits import note_edit
from dkbm.cms.models import Provider
from dkbm.tenancy.context import require_network
from dkbm.tenancy.kept_queries import KeptQuery
from dkbm.tenancy.visitor import Visitor

_PROVIDER = KeptQuery(lambda: Provider.objects.order_by("pk")[:1])


@dataclass(frozen=True)
class ProviderDetails:
    """What an operator says. ``address`` and ``privacy``: several lines, privacy with marks of Markdown."""

    name: str
    address: str
    email: str
    privacy: str
    represented_by: str = ""
    phone: str = ""


def provider() -> Provider | None:
    """On the front door; ``None`` as long as no operator has filled it in. One query."""
    found = _PROVIDER.first()
    return found if found and found.name else None


def provider_row(*, make: bool) -> Provider:
    """The row, without a name where nobody has filled it in. ``make``: it is to be written, so it must be there."""
    if make:
        row, _made = Provider.objects.get_or_create(network_id=require_network().id)
        return row
    return Provider.objects.first() or Provider()


@transaction.atomic
def save_provider(*, row: Provider, details: ProviderDetails, visitor: Visitor) -> None:
    """Write the row, which the caller holds and for which it has asked who may."""
    for name, value in asdict(details).items():
        setattr(row, name, value)
    row.save()
    note_edit(row, visitor=visitor)


def usual_privacy() -> str:
    """What is true of the front door wherever it stands: proposed to the operator, who completes it."""
    return _(
        "**Was hier gespeichert wird.** Wer diese Seiten nur liest, hinterlässt keine Angaben zur Person: Wir setzen"
        " keine Cookies, und Ihr Browser lädt nichts von fremden Servern. Der Server schreibt für jeden Aufruf auf,"
        " welche Seite wann verlangt wurde.\n\n"
        "**Einloggen.** Hier loggt sich nur ein, wer die Plattform betreibt. Dafür setzen wir ein Cookie und speichern"
        " Namen, E-Mail-Adresse und ein Protokoll der Eingriffe.\n\n"
        "**Die Netzwerke.** Für ihre Seiten sind die Netzwerke verantwortlich. Was sie speichern, steht dort unter"
        " „Datenschutz“.\n\n"
        "**Ihre Rechte.** Sie können Auskunft, Berichtigung und Löschung verlangen und sich bei der Datenschutzaufsicht"
        " beschweren."
    )

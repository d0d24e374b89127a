"""Founding a network from the front door: an operator orders it, a command with the owner's login carries it out."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.accounts.errors import ListingRefusal, NotAllowed
from dkbm.accounts.models import FoundingOrder
from dkbm.audit.log import record
from dkbm.cms.domain.legal_pages import unfinished_pages
from dkbm.cms.domain.networks import create_network
from dkbm.tenancy.commands import bound_to_platform
from dkbm.tenancy.hosts import all_networks, network_for_host
from dkbm.tenancy.models import Network, NetworkHost
from dkbm.tenancy.operation import inside
from dkbm.tenancy.visitor import Visitor

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class NewNetwork:
    """What an operator says of it. ``host``: '' for the usual one, ``<slug>.<BASE_DOMAIN>``."""

    name: str
    short_name: str
    slug: str
    contact_email: str
    host: str = ""
    region: str = ""
    claim: str = ""


def order_network(*, visitor: Visitor, new: NewNetwork) -> FoundingOrder:
    """Put the order into the queue, on the front door. It never changes a network that exists.

    Raises ``NotAllowed``, and ``ValidationError`` (naming fields) for values that no network can have.
    """
    if not visitor.is_operator:
        raise NotAllowed(_("Das darf nur der Betrieb."))
    host = new.host.lower() or f"{new.slug}.{settings.BASE_DOMAIN}"
    _check(new, host)
    try:
        with transaction.atomic():
            order: FoundingOrder = FoundingOrder.objects.create(
                **{**asdict(new), "host": host}, ordered_by=visitor.person
            )
            record(action="network.ordered", actor=visitor.person, network=new.name)
    except IntegrityError:
        raise ValidationError({"slug": _("Ein Netzwerk mit diesem Kürzel wird gerade eingerichtet.")}) from None
    return order


def _check(new: NewNetwork, host: str) -> None:
    """What the founding itself would refuse, and a slug or host that is taken."""
    errors: dict[str, list[ValidationError]] = {}
    fields = {name: value for name, value in asdict(new).items() if name != "host"}
    for row, left_out in (
        (Network(**fields), ["site", "collection", "public_collection"]),
        (NetworkHost(host=host), ["network"]),
    ):
        try:
            row.clean_fields(exclude=left_out)
        except ValidationError as error:
            error.update_error_dict(errors)
    if new.slug in {network.slug for network in all_networks()}:
        errors.setdefault("slug", []).append(ValidationError(_("Ein Netzwerk mit diesem Kürzel gibt es schon.")))
    if network_for_host(host) is not None or FoundingOrder.objects.filter(host=host, done__isnull=True).exists():
        errors.setdefault("host", []).append(ValidationError(_("Unter dieser Adresse steht schon etwas anderes.")))
    if errors:
        raise ValidationError(errors)


def found_ordered() -> int:
    """Carry out what is ordered, each by itself, with the owner's login; returns how many networks there are more."""
    waiting = FoundingOrder.objects.filter(done__isnull=True).order_by("pk").values_list("pk", flat=True)
    return sum(_found(pk) for pk in list(waiting))


def _found(order_id: int) -> bool:
    """One order; what goes wrong is kept with it, for the operator. Two commands at once found it once."""
    with transaction.atomic():
        rows = FoundingOrder.objects.select_for_update(skip_locked=True, of=("self",))
        order = rows.filter(pk=order_id, done__isnull=True).first()
        if order is None:
            return False
        try:
            with transaction.atomic():
                order.founded = _create(order).pk
        except ValidationError as error:
            order.error = " ".join(error.messages)
        except Exception:  # the next order must have its turn, and the operator has to hear of this one
            log.exception("founding failed", extra={"slug": order.slug})
            order.error = _("Die Gründung ist fehlgeschlagen. Der Grund steht im Protokoll des Servers.")
        order.done = timezone.now()
        with bound_to_platform():
            order.save()
            if order.founded:
                record(action="network.founded", actor=order.ordered_by, network=order.name)
    return order.founded is not None


def _create(order: FoundingOrder) -> Network:
    """Not named on the front door yet: first somebody has to lead it and to fill in its Impressum."""
    if Network.objects.filter(slug=order.slug).exists():
        raise ValidationError(_("Ein Netzwerk mit diesem Kürzel gibt es schon."))
    names = ("slug", "name", "short_name", "host", "region", "claim", "contact_email")
    return create_network(**{name: getattr(order, name) for name in names}, listed=False)


def set_listed(*, visitor: Visitor, network_id: int, listed: bool, despite_gaps: bool = False) -> None:
    """Name the network on the front door or not; inside a visit.

    Raises ``NotAllowed``, and ``ListingRefusal`` as long as legal pages have gaps, unless it is wanted despite them.
    """
    if not visitor.is_visiting_operator:
        raise NotAllowed(_("Das darf nur der Betrieb."))
    with transaction.atomic(), inside(network_id):
        if listed and not despite_gaps and unfinished_pages():
            raise ListingRefusal(_("Auf Pflichtseiten fehlen noch Angaben."))
        Network.objects.filter(pk=network_id).update(listed=listed)
        record(action="network.listed" if listed else "network.unlisted", actor=visitor.person)

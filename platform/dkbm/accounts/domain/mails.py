"""What is written to people about their account and membership; every mail goes through the outbox."""

from __future__ import annotations

from dkbm.accounts import signup_choices
from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import AdmissionRequest, JoinLink, Person
from dkbm.core.paths import network_path
from dkbm.notifications.domain.outbox import notify, send_to_address
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership


def send_confirmation(*, person: Person, address: str, token: str) -> None:
    send_to_address(
        kind="account-confirm",
        email=address,
        path=network_path("accounts:confirm_address", token),
        context={"name": person.display_name, "network_name": require_network().name},
    )


def send_account_known(*, person: Person, address: str) -> None:
    """Somebody signed up with the address of a person who belongs here already."""
    send_to_address(
        kind="account-known",
        email=address,
        path=network_path("account_login"),
        context={"name": person.display_name},
    )


def send_account_changed(*, email: str, what: str, to_email: str = "") -> None:
    """``what``: the change as a sentence without its full stop. ``to_email``: the new address, where it is that."""
    send_to_address(
        kind="account-changed",
        email=email,
        path=network_path("account_reset_password"),
        context={"what": what, "to_email": to_email},
    )


def send_join_link(*, link: JoinLink, token: str) -> None:
    send_to_address(
        kind="account-invited" if link.admits else "account-join",
        email=link.email,
        path=network_path("accounts:join", token),
        cause=link,
        context={
            "network_name": require_network().name,
            "roles": ", ".join(str(Role(role).label) for role in link.roles),
        },
    )


def tell_managers(request: AdmissionRequest) -> None:
    """A request is ready to be decided: its address is verified."""
    person = request.membership.person
    card = profiles_for([person.pk])[person.pk]
    managers = Membership.objects.filter(state=MembershipState.ACTIVE, roles__contains=[Role.MANAGER])
    for manager in managers.select_related("person"):
        notify(
            kind="membership-requested",
            recipient=manager.person,
            path=network_path("management:requests"),
            cause=request,
            context={
                "name": card.name,
                "line": card.line,
                "choice": signup_choices.label_of(request.choice),
            },
            key=f"membership-requested:{request.pk}:{manager.pk}",
        )


def tell_admitted(request: AdmissionRequest) -> None:
    notify(
        kind="membership-admitted",
        recipient=request.membership.person,
        path="/",
        cause=request,
        context={
            "network_name": require_network().name,
            "choice": signup_choices.label_of(request.choice),
            "reason": request.reason,
        },
        key=f"membership-admitted:{request.pk}",
    )


def tell_refused(request: AdmissionRequest) -> None:
    notify(
        kind="membership-refused",
        recipient=request.membership.person,
        path="/",
        cause=request,
        context={"network_name": require_network().name, "reason": request.reason},
        key=f"membership-refused:{request.pk}",
    )


def tell_role(*, membership: Membership, role: str, granted: bool, reason: str) -> None:
    notify(
        kind="role-changed",
        recipient=membership.person,
        path=network_path("accounts:home"),
        cause=membership,
        context={
            "network_name": require_network().name,
            "role": str(Role(role).label),
            "granted": "ja" if granted else "",
            "reason": reason,
        },
    )

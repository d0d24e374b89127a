"""Becoming a member, and ceasing to be one."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from dkbm.accounts import signup_choices
from dkbm.accounts.domain import mails
from dkbm.accounts.domain.functions import chosen_function
from dkbm.accounts.domain.portraits import remove_portrait
from dkbm.accounts.domain.profiles import put_profile
from dkbm.accounts.domain.roles import lock_with_managers
from dkbm.accounts.domain.searching import index_person
from dkbm.accounts.enums import TERMS_VERSION, AdmissionState
from dkbm.accounts.errors import ensure
from dkbm.accounts.hooks import run_departure
from dkbm.accounts.models import AdmissionRequest, Person, TermsAcceptance, TrustedMailDomain
from dkbm.accounts.rules import may_leave, may_manage_people
from dkbm.audit.log import record
from dkbm.cms.roles import sync_groups
from dkbm.core.addresses import normal_address
from dkbm.inbound.domain.retention import forget_answers
from dkbm.live.broadcast import rights_changed_on_commit
from dkbm.municipalities.models import Municipality
from dkbm.notifications.domain.retention import forget_person
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.locking import lock, lock_for
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor, automatic

UNDECIDED = (AdmissionState.UNCONFIRMED, AdmissionState.OPEN)


def begin_membership(person: Person) -> Membership:
    """The person's row in the bound network, waiting for admission; before it nobody here sees the account."""
    membership, is_new = Membership.objects.select_for_update().get_or_create(person_id=person.pk)
    if not (is_new or membership.is_active):
        membership.state = MembershipState.REQUESTED
        membership.roles = []
        membership.save()
    return membership


@transaction.atomic
def request_membership(
    *,
    person: Person,
    function: str,
    municipality: Municipality | None,
    choice: str = "",
    terms_version: str = TERMS_VERSION,
    announce: bool = True,
) -> AdmissionRequest:
    """Ask for membership of the bound network: membership, profile, terms, the chosen group's request.

    A verified address opens the request at once (see :func:`open_request`); otherwise verifying it will.
    A request that is still undecided is brought up to date. Whoever is a member already stays one.
    ``announce``: ``False`` for invited people, whom nobody has to decide about.
    """
    membership = begin_membership(person)
    put_profile(person, function=chosen_function(function), municipality=municipality)
    TermsAcceptance.objects.create(person_id=person.pk, version=terms_version)
    request = AdmissionRequest.objects.filter(membership=membership, state__in=UNDECIDED).first()
    if request is None:
        request = AdmissionRequest(membership=membership)
    request.choice = choice
    request.membership = membership
    if membership.is_active:
        request.state, request.decided = AdmissionState.ADMITTED, timezone.now()
        index_person(person.pk)
    request.save()
    signup_choices.on_requested(membership=membership, value=choice)
    if membership.is_active or not announce:
        return request
    if EmailAddress.objects.filter(user_id=person.pk, verified=True).exists():
        open_request(request)
    return request


@transaction.atomic
def address_confirmed(person: Person) -> Membership | None:
    """The person's address is verified: open what waited for it. Returns the membership, ``None`` without one."""
    # Held first, as by whoever decides: each would otherwise wait for the other.
    membership = (
        Membership.objects.select_for_update(of=("self",)).select_related("person").filter(person_id=person.pk).first()
    )
    request = AdmissionRequest.objects.filter(membership=membership, state=AdmissionState.UNCONFIRMED).first()
    if membership is None or request is None:
        return membership
    request.membership = membership
    open_request(request)
    return request.membership


def open_request(request: AdmissionRequest) -> None:
    """Tell the managers, or admit at once where the verified address is of a trusted domain."""
    if request.state == AdmissionState.UNCONFIRMED:
        request.state = AdmissionState.OPEN
        request.save()
    domain = trusted_domain_of(request.membership.person)
    if domain:
        admit(membership=request.membership, visitor=automatic(), reason=domain)
        request.refresh_from_db()
    elif request.state == AdmissionState.OPEN:
        mails.tell_managers(request)


def trusted_domain_of(person: Person) -> str:
    """The trusted domain of one of the person's verified addresses, '' without one."""
    addresses = EmailAddress.objects.filter(user_id=person.pk, verified=True).values_list("email", flat=True)
    domains = [normal_address(address).rpartition("@")[2] for address in addresses]
    found = TrustedMailDomain.objects.filter(domain__in=domains).values_list("domain", flat=True).first()
    return found or ""


@transaction.atomic
def admit(*, membership: Membership, visitor: Visitor, reason: str = "") -> bool:
    """Make a waiting person a member and open the chosen group; log, and write to the person.

    ``visitor``: ``automatic()`` where a rule or an invitation admits (``reason`` is then the trusted domain). False
    where the person does not wait any more: somebody else was faster, or the request was withdrawn. Raises
    ``NotAllowed``.
    """
    locked = lock_for(visitor, membership, "person")
    if not visitor.is_automatic:
        ensure(may_manage_people(visitor))
    if not locked.is_waiting:
        return False
    request = _undecided(locked)
    locked.state, locked.since = MembershipState.ACTIVE, timezone.now()
    locked.save()
    _decide(request, AdmissionState.ADMITTED, visitor, reason="" if visitor.is_automatic else reason)
    sync_groups(locked)
    index_person(locked.person_id)
    signup_choices.on_admitted(membership=locked, value=request.choice)
    record(
        action=_admission_action(visitor, reason),
        actor=visitor.person,
        subject=locked.person,
        reason=reason,
        choice=request.choice,
    )
    mails.tell_admitted(request)
    return True


def admit_invited(*, membership: Membership, roles: Sequence[str]) -> Membership:
    """An operator's or manager's invitation admits, and brings the roles that it promised."""
    admit(membership=membership, visitor=automatic())
    member = lock(membership, "person")
    missing = [role for role in roles if role not in member.roles]
    if missing:
        member.roles = [*member.roles, *missing]
        member.save()
        sync_groups(member)
        for role in missing:
            record(action="role.granted_by_invitation", actor=None, subject=member.person, role=role)
    return member


@transaction.atomic
def refuse(*, membership: Membership, visitor: Visitor, reason: str) -> bool:
    """Refuse a waiting person; ``reason`` goes into the log and into the mail.

    False where the person does not wait any more (see :func:`admit`). Raises ``NotAllowed``.
    """
    locked = lock_for(visitor, membership, "person")
    ensure(may_manage_people(visitor))
    if not locked.is_waiting:
        return False
    request = _undecided(locked)
    locked.state = MembershipState.REFUSED
    locked.save()
    _decide(request, AdmissionState.REFUSED, visitor, reason=reason)
    signup_choices.on_refused(membership=locked, value=request.choice)
    remove_portrait(locked.person_id)
    rights_changed_on_commit(locked.person_id)
    record(action="membership.refused", actor=visitor.person, subject=locked.person, reason=reason)
    mails.tell_refused(request)
    return True


@transaction.atomic
def leave(*, membership: Membership) -> Membership:
    """End a membership, or withdraw a request: roles, groups, notifications and portrait go, what was written stays.

    Raises ``NotAllowed`` for the last manager.
    """
    locked = lock_with_managers(membership)
    ensure(may_leave(locked))
    AdmissionRequest.objects.filter(membership=locked, state__in=UNDECIDED).update(
        state=AdmissionState.WITHDRAWN, decided=timezone.now()
    )
    withdrawn = locked.is_waiting
    locked.state, locked.roles = MembershipState.LEFT, []
    locked.save()
    sync_groups(locked)
    index_person(locked.person_id)
    run_departure(locked)
    forget_person(locked.person)
    forget_answers(locked.person)
    remove_portrait(locked.person_id)
    rights_changed_on_commit(locked.person_id)
    action = "membership.withdrawn" if withdrawn else "membership.left"
    record(action=action, actor=locked.person, subject=locked.person)
    return locked


def _admission_action(visitor: Visitor, reason: str) -> str:
    if not visitor.is_automatic:
        return "membership.admitted"
    return "membership.admitted_by_domain" if reason else "membership.admitted_by_invitation"


def _undecided(membership: Membership) -> AdmissionRequest:
    """The request to decide; a membership that was made without one (by a command) gets it now."""
    request = AdmissionRequest.objects.filter(membership=membership, state__in=UNDECIDED).first()
    request = request or AdmissionRequest.objects.create(membership=membership, state=AdmissionState.OPEN)
    request.membership = membership
    return request


def _decide(request: AdmissionRequest, state: AdmissionState, visitor: Visitor, *, reason: str) -> None:
    request.state, request.reason, request.decided = state, reason, timezone.now()
    request.decided_by_id = visitor.person_id
    request.save()

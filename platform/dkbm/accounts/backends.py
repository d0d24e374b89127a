"""Authentication: who belongs to the bound network may sign in there, also while waiting for admission."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from dkbm.core.addresses import normal_address
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.kept_queries import Given, KeptQuery
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import membership_of, remember_membership

_IN_SESSION = KeptQuery(lambda: Membership.objects.filter(person_id=Given("person")).select_related("person")[:1])
MAY_SIGN_IN = (MembershipState.ACTIVE, MembershipState.REQUESTED)


class NetworkBackend(AuthenticationBackend):
    """allauth's backend, bounded to the network; a person of another network does not exist here.

    On the front door only operators exist, and on a network's host an operator is nobody special.
    """

    def get_user(self, user_id: Any) -> Any:
        """Of a session, at every request: person and row in one query, and the row serves the request too."""
        membership = _IN_SESSION.first(person=user_id)
        if membership is None or not self._has_account(membership.person):
            return None
        return membership.person if self._may_be_here(membership.person, membership) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at the sign-in."""
        return self._has_account(user) and self._may_be_here(user, membership_of(user))

    def _has_account(self, user: Any) -> bool:
        return not user.stands_for_function and super().user_can_authenticate(user)

    def _may_be_here(self, user: Any, row: Membership | None) -> bool:
        if row is None or row.state not in MAY_SIGN_IN:
            return False
        remember_membership(user, row)
        return row.is_operator if require_network().is_platform else True

    def _authenticate_by_email(self, email: str, password: str) -> Any:
        """As allauth's, with the same two queries for every address: it asks for less where one is verified."""
        address = normal_address(email)
        owner = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
        opened = get_user_model().objects.filter(email=address).first()
        return self._check_password(owner.user if owner is not None and owner.user else opened, password)

    def _check_password(self, user: Any, password: str) -> Any:
        """Whoever may not sign in here gets the answer to a wrong password: allauth would remember the account
        and go on with it, to show that it is closed."""
        checked = super()._check_password(user, password)
        self.unstash_authenticated_user()
        return checked

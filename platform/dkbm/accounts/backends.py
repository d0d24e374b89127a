"""Authentication: who belongs to the bound network may sign in there, also while waiting for admission."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model

from dkbm.core.addresses import normal_address
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.visitor import membership_of, remember_membership

MAY_SIGN_IN = (MembershipState.ACTIVE, MembershipState.REQUESTED)


class NetworkBackend(AuthenticationBackend):
    """allauth's backend, bounded to the network; a person of another network does not exist here.

    On the front door only operators exist, and on a network's host an operator is nobody special.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at the sign-in and, by Django's ``get_user``, at every request, which the row found serves too."""
        if user.stands_for_function or not super().user_can_authenticate(user):
            return False
        membership = membership_of(user)
        if membership is None or membership.state not in MAY_SIGN_IN:
            return False
        remember_membership(user, membership)
        return membership.is_operator if require_network().is_platform else True

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

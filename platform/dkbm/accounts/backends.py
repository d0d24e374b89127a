"""Authentication: who belongs to the bound network may sign in there, also while waiting for admission."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership

MAY_SIGN_IN = (MembershipState.ACTIVE, MembershipState.REQUESTED)


class NetworkBackend(AuthenticationBackend):
    """allauth's backend, bounded to the network; a person of another network does not exist here."""

    def user_can_authenticate(self, user: Any) -> bool:
        allowed = bool(super().user_can_authenticate(user))
        return allowed and Membership.objects.filter(person_id=user.pk, state__in=MAY_SIGN_IN).exists()

    def get_user(self, user_id: Any) -> Any:
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

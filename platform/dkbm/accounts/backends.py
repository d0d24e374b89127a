"""Authentication: who belongs to the bound network may sign in there, also while waiting for admission."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership

MAY_SIGN_IN = (MembershipState.ACTIVE, MembershipState.REQUESTED)


class NetworkBackend(AuthenticationBackend):
    """allauth's backend, bounded to the network; a person of another network does not exist here.

    On the front door only operators exist, and on a network's host an operator is nobody special.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        if user.stands_for_function or not super().user_can_authenticate(user):
            return False
        belonging = Membership.objects.filter(person_id=user.pk, state__in=MAY_SIGN_IN)
        if require_network().is_platform:
            belonging = belonging.filter(state=MembershipState.ACTIVE, roles__contains=[Role.OPERATOR])
        return belonging.exists()

    def get_user(self, user_id: Any) -> Any:
        user = super().get_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None

    def _check_password(self, user: Any, password: str) -> Any:
        """Whoever may not sign in here gets the answer to a wrong password: allauth would remember the account
        and go on with it, to show that it is closed."""
        checked = super()._check_password(user, password)
        self.unstash_authenticated_user()
        return checked

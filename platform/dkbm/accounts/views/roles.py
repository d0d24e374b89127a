"""What the role forms of managers and operators have in common."""

from __future__ import annotations

from dkbm.accounts.domain.roles import grant_role, revoke_role
from dkbm.accounts.forms.managing import RoleForm
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor


def apply_role(form: RoleForm, membership: Membership, visitor: Visitor) -> None:
    """Do what a valid form says. Raises ``NotAllowed``."""
    data = form.cleaned_data
    change = grant_role if data["step"] == "grant" else revoke_role
    change(membership=membership, role=data["role"], visitor=visitor, reason=data["reason"])

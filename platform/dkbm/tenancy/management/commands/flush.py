"""``flush`` with the owner's login, across all networks."""

from django.core.management.commands.flush import Command as Base

from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand, Base):
    pass

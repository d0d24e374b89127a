"""``fixtree`` with the owner's login, across all networks."""

from wagtail.management.commands.fixtree import Command as Base

from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand, Base):
    pass

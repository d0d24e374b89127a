"""``purge_revisions`` for one network after the other."""

from wagtail.management.commands.purge_revisions import Command as Base

from dkbm.tenancy.commands import PerNetworkCommand


class Command(PerNetworkCommand, Base):
    pass

"""``rebuild_references_index`` for one network after the other."""

from wagtail.management.commands.rebuild_references_index import Command as Base

from dkbm.tenancy.commands import PerNetworkCommand


class Command(PerNetworkCommand, Base):
    pass

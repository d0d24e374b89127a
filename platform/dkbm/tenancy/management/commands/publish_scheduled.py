"""``publish_scheduled`` for one network after the other."""

from wagtail.management.commands.publish_scheduled import Command as Base

from dkbm.tenancy.commands import PerNetworkCommand


class Command(PerNetworkCommand, Base):
    pass

"""``clearsessions`` for one network after the other, and for the operators' front door."""

from django.contrib.sessions.management.commands.clearsessions import Command as Base

from dkbm.tenancy.commands import PerNetworkCommand


class Command(PerNetworkCommand, Base):
    front_door = True

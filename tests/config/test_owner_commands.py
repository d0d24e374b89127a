"""`manage.py` gives the owner's login to exactly the commands that need it."""

from __future__ import annotations

from django.core.management import call_command, get_commands, load_command_class

from dkbm.tenancy.commands import OwnerCommand
from manage import OWNER_COMMANDS

# Not ours, or before there is anything to bind, or binding the networks one by one.
OTHERS = {"dbshell", "makemigrations", "rebuild_search", "setup_database"}


def test_every_owner_command_gets_the_owners_login() -> None:
    ours = {name: app for name, app in get_commands().items() if str(app).startswith(("dkbm.", "forum", "workgroups"))}
    owners = {name for name, app in ours.items() if isinstance(load_command_class(str(app), name), OwnerCommand)}
    assert owners == OWNER_COMMANDS - OTHERS


def test_page_tree_is_checked_across_all_networks(db: None) -> None:
    call_command("fixtree", interactive=False, verbosity=0)

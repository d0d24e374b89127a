"""Wagtail groups of a network, made by code: who is editor or manager there gets exactly these rights."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from dkbm.cms.basepage.models import BasePage
from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import Membership, Network

PAGE_RIGHTS = ("add_basepage", "change_basepage", "publish_basepage", "lock_basepage", "unlock_basepage")
MANAGER_PAGE_RIGHTS = (*PAGE_RIGHTS, "bulk_delete_basepage")
FILE_RIGHTS = tuple(
    f"{verb}_{what}" for what in ("image", "document") for verb in ("add", "change", "delete", "choose")
)
"""Wagtail hangs these rights on its own image and document models, whichever are in use."""
_editor_rights: set[str] = set()
GROUP_ROLES = (Role.EDITOR, Role.MANAGER)


def register_editor_right(permission: str) -> None:
    """Give editors and managers of every network a right on rows of an app above: ``app.verb_model``."""
    _editor_rights.add(permission)


def group_name(network_id: int, role: str) -> str:
    """Group names are unique in the whole installation, so they carry the network's id."""
    return f"netz-{network_id}-{role}"


def create_groups(*, network: Network, home: BasePage) -> None:
    """The editors' and the managers' group with their rights on the network's pages, files and settings."""
    for role in GROUP_ROLES:
        group, _created = Group.objects.get_or_create(name=group_name(network.pk, role))
        rights = MANAGER_PAGE_RIGHTS if role == Role.MANAGER else PAGE_RIGHTS
        for permission in Permission.objects.filter(codename__in=rights, content_type__app_label="basepage"):
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for permission in Permission.objects.filter(
            codename__in=FILE_RIGHTS, content_type__app_label__in=("wagtailimages", "wagtaildocs")
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=network.collection, permission=permission
            )
        for right in ("wagtailadmin.access_admin", *sorted(_editor_rights)):
            app_label, _dot, codename = right.partition(".")
            group.permissions.add(Permission.objects.get(codename=codename, content_type__app_label=app_label))
    _manager_rights(network)


def _manager_rights(network: Network) -> None:
    group = Group.objects.get(name=group_name(network.pk, Role.MANAGER))
    look = Permission.objects.get(codename="change_networklook")
    GroupSitePermission.objects.get_or_create(group=group, site=network.site, permission=look)
    for codename in ("add_redirect", "change_redirect", "delete_redirect"):
        group.permissions.add(Permission.objects.get(codename=codename))
    for permission in Permission.objects.filter(
        codename__in=("add_collection", "change_collection", "delete_collection")
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=network.collection, permission=permission
        )


def sync_groups(membership: Membership) -> None:
    """Bring the person's groups in line with the roles of ``membership``; call it after every change of roles."""
    network_id = membership.network_id or 0
    for role in GROUP_ROLES:
        group = Group.objects.filter(name=group_name(network_id, role)).first()
        if group is None:
            continue
        if membership.is_active and role in membership.roles:
            membership.person.groups.add(group)
        else:
            membership.person.groups.remove(group)


def root_collection() -> Collection:
    """The tree's root, which belongs to no network."""
    return Collection.objects.get(depth=1)

"""Wagtail groups of a network, made by code: who is editor or manager there gets exactly these rights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, GroupSitePermission

from dkbm.cms.basepage.models import BasePage
from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import Membership, Network

PAGE_RIGHTS = tuple(f"basepage.{verb}_basepage" for verb in ("add", "change", "publish", "lock", "unlock"))
MANAGER_PAGE_RIGHTS = (*PAGE_RIGHTS, "basepage.bulk_delete_basepage")
FILE_RIGHTS = tuple(
    f"{right}_{what}"
    for app, what in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for right in (f"{app}.add", f"{app}.change", f"{app}.delete", f"{app}.choose")
)
"""Wagtail hangs these rights on its own image and document models, whichever are in use."""
COLLECTION_RIGHTS = tuple(f"wagtailcore.{verb}_collection" for verb in ("add", "change", "delete"))
REDIRECT_RIGHTS = tuple(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete"))
WORKFLOW_RIGHTS = tuple(
    f"wagtailcore.{verb}_{what}" for verb in ("add", "change", "delete") for what in ("workflow", "task")
)
MANAGER_RIGHTS = (*REDIRECT_RIGHTS, *WORKFLOW_RIGHTS)
EDITOR_RIGHTS = ("wagtailadmin.access_admin",)
_editor_rights: set[str] = set()
GROUP_ROLES = (Role.EDITOR, Role.MANAGER)


def register_editor_right(permission: str) -> None:
    """Give editors and managers of every network a right on rows of an app above: ``app.verb_model``."""
    _editor_rights.add(permission)


def group_name(network_id: int, role: str) -> str:
    """Group names are unique in the whole installation, so they carry the network's id."""
    return f"netz-{network_id}-{role}"


def label_groups() -> None:
    """Where Wagtail offers groups to choose from people read "Redaktion" instead of "netz-6-editor"."""
    Group.add_to_class("__str__", _label_of_group)


def _label_of_group(group: Group) -> str:
    role = group.name.rpartition("-")[2]
    return str(Role(role).label) if role in GROUP_ROLES else group.name


def create_groups(*, network: Network, home: BasePage) -> None:
    """The editors' and the managers' group with their rights on the network's pages, files and settings."""
    for role in GROUP_ROLES:
        group, _created = Group.objects.get_or_create(name=group_name(network.pk, role))
        manages = role == Role.MANAGER
        _grant(GroupPagePermission, MANAGER_PAGE_RIGHTS if manages else PAGE_RIGHTS, group=group, page=home)
        files = (*FILE_RIGHTS, *COLLECTION_RIGHTS) if manages else FILE_RIGHTS
        _grant(GroupCollectionPermission, files, group=group, collection=network.collection)
        group.permissions.add(*_permissions({*EDITOR_RIGHTS, *_editor_rights, *(MANAGER_RIGHTS if manages else ())}))
        if manages:
            _grant(GroupSitePermission, ("cms.change_networklook",), group=group, site=network.site)


def _grant(model: type[models.Model], rights: Iterable[str], **where: Any) -> None:
    """Give a group the ``rights`` that it does not have yet on the one thing that ``where`` names."""
    present = set(model._default_manager.filter(**where).values_list("permission_id", flat=True))
    missing = [permission for permission in _permissions(set(rights)) if permission.pk not in present]
    model._default_manager.bulk_create([model(permission=permission, **where) for permission in missing])


def _permissions(rights: set[str]) -> list[Permission]:
    """Rows of rights written ``app.verb_model``. Raises ``LookupError`` for one that does not exist."""
    codenames = {right.partition(".")[2] for right in rights}
    rows = Permission.objects.filter(codename__in=codenames).select_related("content_type")
    found = {f"{row.content_type.app_label}.{row.codename}": row for row in rows}
    if missing := rights - found.keys():
        raise LookupError(f"There is no right {', '.join(sorted(missing))}.")
    return [found[right] for right in sorted(rights)]


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

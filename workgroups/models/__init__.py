"""Rows and pages of working groups."""

from .groups import GroupMembership, Workgroup
from .pages import WorkgroupIndexPage, WorkgroupPage

__all__ = ["GroupMembership", "Workgroup", "WorkgroupIndexPage", "WorkgroupPage"]

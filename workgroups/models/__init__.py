"""Rows and pages of working groups."""

from .announcements import Announcement, AnnouncementRecipient
from .groups import GroupMembership, Workgroup
from .pages import WorkgroupIndexPage, WorkgroupPage

__all__ = [
    "Announcement",
    "AnnouncementRecipient",
    "GroupMembership",
    "Workgroup",
    "WorkgroupIndexPage",
    "WorkgroupPage",
]

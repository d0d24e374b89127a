"""Brings the publications into the menu of the CMS."""

from __future__ import annotations

from wagtail import hooks

from dkbm.editorial.cms import PublicationViewSet


@hooks.register("register_admin_viewset")
def publication_viewset() -> PublicationViewSet:
    return PublicationViewSet()

"""Brings the catalogue into the menu of the CMS."""

from __future__ import annotations

from wagtail import hooks

from goodpractice.cms import CatalogueViewSet


@hooks.register("register_admin_viewset")
def catalogue_viewset() -> CatalogueViewSet:
    return CatalogueViewSet()

"""Brings the catalogue into the menu of the CMS, and choosing an example into its pages."""

from __future__ import annotations

from wagtail import hooks

from goodpractice.cms import CatalogueViewSet, ItemChooserViewSet


@hooks.register("register_admin_viewset")
def catalogue_viewset() -> CatalogueViewSet:
    return CatalogueViewSet()


@hooks.register("register_admin_viewset")
def item_chooser_viewset() -> ItemChooserViewSet:
    return ItemChooserViewSet()

"""Brings the terms into the menu of the CMS."""

from __future__ import annotations

from wagtail import hooks

from dkbm.glossary.cms import TermViewSet


@hooks.register("register_admin_viewset")
def term_viewset() -> TermViewSet:
    return TermViewSet()

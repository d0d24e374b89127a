"""The editors' handbook in ``/cms/``: platform/docs/handbuch-redaktion.md, reached from the menu."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from wagtail import hooks
from wagtail.admin.menu import MenuItem

SOURCE = Path(settings.PROJECT) / "platform" / "docs" / "handbuch-redaktion.md"
MENU_ORDER = 10_000


@cache
def handbook() -> tuple[str, SafeString, list[tuple[str, str]]]:
    """Title, text as HTML, and the chapters as (anchor, heading). The file is ours, so its HTML is trusted."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    title, _line, text = SOURCE.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
    tokens = parser.parse(text)
    chapters = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            heading = tokens[place + 1].content
            token.attrSet("id", slugify(heading))
            chapters.append((slugify(heading), heading))
    html = parser.renderer.render(tokens, parser.options, {})
    return title, SafeString(html), chapters


@require_safe
def show_handbook(request: HttpRequest) -> HttpResponse:
    """Wagtail lets only editors and managers through to the views of its hooks."""
    title, text, chapters = handbook()
    return render(request, "cms/handbook.html", {"title": title, "text": text, "chapters": chapters})


@hooks.register("register_admin_urls")
def handbook_urls() -> list[object]:
    return [path("handbuch/", show_handbook, name="dkbm_cms_handbook")]


@hooks.register("register_admin_menu_item")
def handbook_menu_item() -> MenuItem:
    return MenuItem(_("Handbuch"), reverse("dkbm_cms_handbook"), icon_name="help", order=MENU_ORDER)

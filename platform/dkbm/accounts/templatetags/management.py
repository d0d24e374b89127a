"""What the managers' screens show wherever they come from."""

from __future__ import annotations

from django import template

from dkbm.accounts.domain.queries.membership import count_open_requests

register = template.Library()


@register.simple_tag
def waiting_requests() -> int:
    """So many ask for admission; for pages of apps that know of no admission."""
    return count_open_requests()

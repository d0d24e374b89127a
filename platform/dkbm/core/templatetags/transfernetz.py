"""Small tags for all page templates: dates as people say them, links of the pager."""

import json
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dkbm.core import addresses, paths, phones

register = template.Library()
_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
register.simple_tag(paths.page_path)
register.simple_tag(paths.network_path)
register.filter(addresses.readable_address)


@register.simple_tag
def linked_data(data: dict[str, Any] | None) -> SafeString | str:
    """What a page says to search engines, as data: browsers do not run it, so the content security policy lets it be.

    No sign of markup is left in it, whatever somebody wrote.
    """
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False).translate(_MARKUP)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def when(value: date | datetime | None) -> SafeString | str:
    """`<time>` with "heute um 9:12", "gestern um 9:12", "3. Dezember" or "3. Dezember 2025"."""
    if value is None or value == "":
        return ""
    today, language = timezone.localdate(), get_language()
    if not isinstance(value, datetime):
        return _day_tag(value, today, language)
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return _moment_tag(moment.replace(second=0, microsecond=0), today, language)


# A page says the same dates again and again, and so does the next one; ``language`` keeps their words apart.
@lru_cache(4096)
def _day_tag(day: date, today: date, language: str) -> SafeString:
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        day.isoformat(),
        date_format(day, "j. F Y"),
        day_in_words(day, today) or plain_day(day),
    )


@lru_cache(4096)
def _moment_tag(moment: datetime, today: date, language: str) -> SafeString:
    """``moment``: in local time, to the minute."""
    day = day_in_words(moment.date(), today)
    clock = date_format(moment, "G:i")
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="minutes"),
        _("%(day)s, %(clock)s Uhr") % {"day": date_format(moment, "j. F Y"), "clock": clock},
        _("%(day)s um %(clock)s") % {"day": day, "clock": clock} if day else plain_day(moment.date()),
    )


def day_in_words(day: date, today: date) -> str:
    names = {
        today: _("heute"),
        today - timedelta(days=1): _("gestern"),
        today + timedelta(days=1): _("morgen"),
    }
    return names.get(day, "")


def plain_day(day: date) -> str:
    return date_format(day, "j. F" if day.year == timezone.localdate().year else "j. F Y")


@register.simple_tag
def page_link(request: HttpRequest | None, key: str, number: object) -> str:
    """The address of another page of a list, all filters kept. ``number``: what the address says for ``key``."""
    if request is None:
        return f"?{key}={number}"
    query = request.GET.copy()
    query[key] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def phone_digits(number: str) -> str:
    """`0541 000 000-0` -> `05410000000`, as `tel:` wants it."""
    return phones.dialled(number or "")


@register.filter
def up_to_99(number: int) -> str:
    """How many, as long as somebody would count them."""
    return str(number) if number < 100 else "99+"


@register.filter
def minus(value: int | None, less: int | None) -> int:
    return max((value or 0) - (less or 0), 0)


@register.simple_tag
def come_back(request: HttpRequest | None) -> str:
    """`?next=…` behind a link to sign in or to join: afterwards one gets what one wanted to read.

    Pages of the entrance itself pass on what they were given; whoever uses it has to look whether it is safe. ``von``
    says that nobody was sent away: the page that has the link said itself what signing in is for.
    """
    if request is None:
        return ""
    entrance = resolve_url(settings.LOGIN_URL).rstrip("/").rpartition("/")[0]
    at_entrance = request.method != "GET" or request.path.startswith(f"{entrance}/")
    path = request.GET.get("next", "")[:500] if at_entrance else request.get_full_path()
    return "" if path in {"", "/"} else f"?{urlencode({'next': path, 'von': 'seite'})}"

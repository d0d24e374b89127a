"""The newest public examples as an Atom feed."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from dkbm.core.text import seen_text
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import main_url
from goodpractice.domain.queries.detail import address_of
from goodpractice.domain.queries.open_data import LICENCE_NAME, newest_public_items


def newest_examples() -> bytes:
    network = require_network()
    base = main_url(network)
    feed = Atom1Feed(
        title=_("Gute Praxis: %(network)s") % {"network": network.name},
        link=f"{base}{reverse('goodpractice:list')}",
        description=_("Neue Beispiele guter Praxis, die sich in mindestens einer Kommune bewährt haben."),
        language="de",
        feed_url=f"{base}{reverse('goodpractice:feed')}",
        feed_copyright=f"{network.name}, {LICENCE_NAME}",
    )
    for item in newest_public_items():
        text = item.page if item.page is not None and item.page.live else None
        feed.add_item(
            title=seen_text(item.title),  # one sign that XML forbids, pasted into one example, would end the feed
            link=address_of(item),
            description=escape(seen_text(text.summary)) if text else "",  # the format takes it for HTML
            unique_id=address_of(item),
            pubdate=timezone.localtime(item.published),
            updateddate=timezone.localtime(item.published),
            categories=[str(item.get_kind_display()), *([item.municipality.name] if item.municipality else [])],
        )
    return feed.writeString("utf-8").encode()

"""Examples as files describe them, text included. Editors write the same rows in ``/cms/`` and the text in its page."""

from __future__ import annotations

from django.db import transaction

from goodpractice.domain.pages import ItemText, write_text
from goodpractice.domain.saving import ItemValues, save_item
from goodpractice.models import Transfergegenstand, TransfergegenstandPage


@transaction.atomic
def publish_item(*, slug: str, values: ItemValues, text: ItemText) -> Transfergegenstand:
    """Create the item with this slug in the bound network, or bring it to these values, and publish its text.

    Called twice it does the same as once. Raises ``ValidationError`` (naming fields).
    """
    item = Transfergegenstand.objects.filter(slug=slug).first() or Transfergegenstand(slug=slug)
    item = save_item(item, values)
    write_text(TransfergegenstandPage.objects.get(pk=item.page_id), text)  # publishing it brings the search up to date
    return item

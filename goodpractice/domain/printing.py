"""An example as a PDF: all that its page says to guests, or to members; nothing that differs by reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from dkbm.cms.domain.files import may_everybody_read
from dkbm.core.addresses import readable_address
from dkbm.core.phones import dialled
from dkbm.printing.documents import Document, PictureSource
from dkbm.printing.letterhead import letterhead
from dkbm.printing.rich_text import blocks_of, is_link, paragraphs_of, web_link
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import main_url
from dkbm.tenancy.visitor import Visitor
from goodpractice.domain.queries.detail import ContactCard, address_of, card_of, facts_of
from goodpractice.models import Transfergegenstand, TransfergegenstandPage

TEMPLATE = "goodpractice.item"


def item_document(item: Transfergegenstand, visitor: Visitor) -> Document:
    """``item`` with all labels, which the visitor may see. The same for all members, and for all others."""
    text = item.page if item.page is not None and item.page.live else None
    audience = "members" if visitor.is_member else "public"
    head, pictures = letterhead()
    words, further = _material(text, members_only=visitor.is_member)
    data = {
        **head,
        **_frame(item),
        "contacts": [_contact(card_of(item, contact, visitor, None)) for contact in item.contacts.all()],
        "contact_note": "" if item.contacts.all() else _("Die Quelle nennt keine Ansprechperson."),
        "facts": [{"label": fact.label, "values": [str(value) for value in fact.values]} for fact in facts_of(item)],
        **_text(text),
        **words,
        "links": [web_link(link) for link in item.link_list if is_link(link)],
        "tags": [topic.name for topic in item.topics.all()],
        "closing": _closing(item),
        "words": _words(),
    }
    return Document(f"{TEMPLATE}:{item.pk}:{audience}", TEMPLATE, data, {**pictures, **further})


def _frame(item: Transfergegenstand) -> dict[str, Any]:
    return {
        "title": item.title,
        "language": get_language() or "de",
        "address": web_link(address_of(item)),
        "page_of": _("Seite {page} von {all}"),
        "unknown_signs": _("Ein ▯ steht für Zeichen, die unsere Schrift nicht hat."),
    }


def _contact(card: ContactCard) -> dict[str, Any]:
    notes = []
    if card.withheld:
        notes.append(_("Telefon und E-Mail sehen Mitglieder des Netzwerks auf der Seite des Beispiels."))
    if card.confirmed:
        notes.append(_("Angaben bestätigt am %(day)s") % {"day": date_format(card.confirmed, "j. F Y")})
    return {
        "name": card.name or card.function,
        "role": card.function if card.name else "",
        "organisation": card.organisation,
        "phone": card.phone,
        "phone_url": f"tel:{dialled(card.phone)}" if card.phone else "",
        "mail": readable_address(card.email),
        "mail_url": f"mailto:{card.email}" if card.email else "",
        "web": web_link(card.website) if is_link(card.website) else None,
        "note": " ".join(f"{note}." for note in (note.rstrip(".") for note in notes)),
    }


def _text(text: TransfergegenstandPage | None) -> dict[str, Any]:
    if text is None:
        note = _("Die Beschreibung wird gerade überarbeitet. Die Angaben gelten weiter.")
        return {"summary": note, "parts": [], "timeline": [], "figures": [], "sections": []}
    base = main_url(require_network())
    parts = (text.initiierung, text.meilensteine, text.etablierung)
    titles = (_("Initiierung des Prozesses"), _("Meilensteine"), _("Etablierung"))
    return {
        "summary": text.summary,
        "parts": [
            {"title": title, "blocks": blocks_of(expand_db_html(part), base=base)}
            for title, part in zip(titles, parts, strict=True)
        ],
        "timeline": [{"when": step.value["when"], "what": step.value["what"]} for step in text.timeline],
        "figures": [
            [each.value["label"], each.value.in_words, str(each.value["year"] or "–")] for each in text.figures
        ],
        "sections": [section for section in _sections(text) if section["blocks"]],
    }


def _sections(text: TransfergegenstandPage) -> list[dict[str, Any]]:
    factors = [paragraphs_of(factor) for factor in text.success_factor_list]
    return [
        {"title": _("Was es braucht"), "blocks": paragraphs_of(text.resources)},
        {"title": _("Was zum Gelingen beiträgt"), "blocks": [{"kind": "bullets", "items": factors}] if factors else []},
        {"title": _("Hinweise für andere Kommunen"), "blocks": paragraphs_of(text.transfer_notes)},
    ]


def _material(
    text: TransfergegenstandPage | None, *, members_only: bool
) -> tuple[dict[str, Any], dict[str, PictureSource]]:
    """Words and sources of pictures that all readers of this PDF may see, and files as links: who follows one is asked
    whether they may read it."""
    pictures: dict[str, PictureSource] = {}

    def add(name: str, image: Any, alt: str) -> bool:
        is_shown = bool(image and alt) and may_everybody_read(image, members_only=members_only)
        if is_shown:
            pictures[name] = PictureSource(image.pk, image.file_hash)
        return is_shown

    head_alt = text.picture_alt if text else ""
    add("picture", text.picture if text else None, head_alt)
    shown, files = [], []
    for number, block in enumerate(text.material if text else ()):
        name = f"material{number}"
        if block.block_type == "picture" and (image := block.value.get("image")):
            alt = "" if image.decorative else str(image.contextual_alt_text or image.default_alt_text)
            if add(name, image, alt):
                shown.append({"name": name, "alt": alt, "caption": block.value["caption"]})
        elif block.block_type == "file" and (document := block.value.get("document")):
            address = f"{main_url(require_network())}{document.url}"
            files.append({"title": block.value["title"] or document.title, "url": address})
    return {"picture_alt": head_alt, "material": shown, "files": files}, pictures


def _closing(item: Transfergegenstand) -> Sequence[str]:
    checked = _("Ob die Angaben noch stimmen, wurde noch nicht geprüft.")
    if item.checked_on:
        checked = _("Zuletzt geprüft am %(day)s.") % {"day": date_format(item.checked_on, "j. F Y")}
    return [checked] if item.is_for_all else [checked, _("Nur für Mitglieder des Netzwerks sichtbar.")]


def _words() -> dict[str, Any]:
    """Headings and labels of the template."""
    return {
        "contacts": _("Wen Sie fragen können"),
        "facts": _("Auf einen Blick"),
        "phone": _("Telefon"),
        "mail": _("E-Mail"),
        "web": _("Internet"),
        "nothing": _("Dazu nennt die Quelle nichts."),
        "timeline": _("Zeitleiste"),
        "figures": _("Zahlen der Quelle"),
        "figure_columns": [_("Was"), _("Zahl"), _("Jahr")],
        "material": _("Bilder und Dateien"),
        "links": _("Mehr dazu im Internet"),
        "tags": _("Schlagwörter"),
        "address": _("Dieses Beispiel im Netz"),
    }

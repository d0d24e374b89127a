"""Good practice: examples (Transfergegenstände), whom to call, the shared vocabulary, the editors' pages."""

from .items import ContactPerson, ItemEckpunkt, ItemTopic, Transfergegenstand
from .pages import CataloguePage, TransfergegenstandPage
from .vocabulary import Eckpunkt, Leitfrage, Phase, Programme

__all__ = [
    "CataloguePage",
    "ContactPerson",
    "Eckpunkt",
    "ItemEckpunkt",
    "ItemTopic",
    "Leitfrage",
    "Phase",
    "Programme",
    "Transfergegenstand",
    "TransfergegenstandPage",
]

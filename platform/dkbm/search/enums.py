"""What can be found, and who may find it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryType(models.TextChoices):
    """Order of the facets on the search page; the values are part of the API's contract."""

    TRANSFERGEGENSTAND = "transfergegenstand", _("Gute Praxis")
    TOPIC = "topic", _("Forum")
    WORKGROUP = "workgroup", _("Arbeitsgruppen")
    EVENT = "event", _("Termine")
    PUBLICATION = "publication", _("Publikationen")
    PAGE = "page", _("Seiten")
    DOCUMENT = "document", _("Dokumente")
    PERSON = "person", _("Personen")
    GLOSSARY = "glossary", _("Glossar")


NAME_OF_ONE = {
    EntryType.TRANSFERGEGENSTAND: _("Beispiel guter Praxis"),
    EntryType.TOPIC: _("Thema im Forum"),
    EntryType.WORKGROUP: _("Gruppe"),
    EntryType.EVENT: _("Termin"),
    EntryType.PUBLICATION: _("Publikation"),
    EntryType.PAGE: _("Seite"),
    EntryType.DOCUMENT: _("Dokument"),
    EntryType.PERSON: _("Person"),
    EntryType.GLOSSARY: _("Begriff im Glossar"),
}
"""What a single result is; the labels above name a whole area."""


class Visibility(models.TextChoices):
    PUBLIC = "public", _("öffentlich")
    MEMBERS = "members", _("für Mitglieder des Netzwerks")
    GROUP = "group", _("für Mitglieder einer Gruppe")

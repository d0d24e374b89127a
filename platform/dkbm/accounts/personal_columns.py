"""Columns that name a person without a foreign key: of our own, Wagtail's, allauth's and the lower apps' models.

Here for the same reason as ``relations``: accounts is the lowest app that knows them all.
"""

from __future__ import annotations

from dkbm.accounts.relations import LOG
from dkbm.privacy.registry import OnColumnErasure, register_column

COLUMNS: tuple[tuple[str, str, OnColumnErasure, str], ...] = (
    ("accounts.person", "email", "blank", "Adresse des Kontos; die Zeile bleibt als leere Hülle."),
    ("account.emailaddress", "email", "delete", "Adresse des Kontos, Zeile der Person."),
    ("accounts.joinlink", "email", "delete", "Adresse einer eingeladenen Person, auch ohne Konto; Suche nach Adresse."),
    ("accounts.joinlink", "suggested", "delete", "Angaben bei der Anmeldung; geht mit der Zeile."),
    ("notifications.mail", "address", "delete", "Adresse, auch ohne Konto (recipient leer); Suche nach Adresse."),
    (
        "notifications.notification",
        "values",
        "delete",
        "Namen im Satz, auch anderer; Zeile der Person.",
    ),
    ("audit.auditentry", "detail", "keep_with_reason", LOG),
    ("mfa.authenticator", "data", "delete", "Geheimnis der zweiten Stufe, Zeile der Person."),
    ("wagtailusers.userprofile", "avatar", "delete", "Bild der Person; die Datei unter MEDIA_ROOT geht mit."),
    ("search.searchentry", "title", "delete", "Name; Zeile mit type=person und key=Nummer der Person."),
    ("search.searchentry", "body", "delete", "Text über sich; dieselbe Zeile."),
    ("search.searchentry", "facets", "delete", "Funktion und Kommune; dieselbe Zeile."),
    ("wagtailcore.revision", "content", "blank", "Fassung einer Seite; Ansprechpersonen darin, Suche nach Adresse."),
    ("tenancy.network", "contact_email", "no_person", "Anschrift des Netzwerks."),
    ("wagtailusers.userprofile", "dismissibles", "no_person", "Welche Hinweise der Redaktion geschlossen sind."),
    ("wagtailcore.modellogentry", "data", "no_person", "Art der Änderung; wer sie machte, steht in user."),
    ("wagtailcore.pagelogentry", "data", "no_person", "Art der Änderung; wer sie machte, steht in user."),
)
"""Model, field, on erasure, and what it holds and how the person is found (for kept ones: why)."""


def register() -> None:
    for model, field, on_erasure, note in COLUMNS:
        register_column(model, field, on_erasure=on_erasure, note=note)

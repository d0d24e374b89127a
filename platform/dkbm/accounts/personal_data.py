"""What names a person, by a relation or in a text, and what happens to it when the person is erased.

Of our own, Wagtail's, allauth's and Django's models: accounts is the lowest app that knows them all. Those of
``notifications`` are here too, which stands beside ``privacy`` and may not import it. Labels are text, so that no model
has to be imported.
"""

from __future__ import annotations

from dkbm.privacy.registry import OnColumnErasure, OnErasure, register_column, register_relation

LOG = "Entscheidungen über Aufnahme, Rollen und Zugriffe müssen nachvollziehbar bleiben (Art. 5 Abs. 2 DSGVO)."

RELATIONS: tuple[tuple[str, str, OnErasure, bool], ...] = (
    ("accounts.person", "groups", "delete", False),
    ("accounts.person", "user_permissions", "delete", False),
    ("accounts.profile", "person", "delete", True),
    ("accounts.portrait", "person", "delete", True),
    ("accounts.admissionrequest", "decided_by", "keep_anonymous", False),
    ("accounts.termsacceptance", "person", "delete", True),
    ("accounts.foundingorder", "ordered_by", "keep_anonymous", False),
    ("accounts.trustedmaildomain", "added_by", "keep_anonymous", False),
    ("tenancy.membership", "person", "keep_anonymous", True),
    ("account.emailaddress", "user", "delete", True),
    ("mfa.authenticator", "user", "delete", False),
    ("wagtailusers.userprofile", "user", "delete", False),
    ("wagtailadmin.editingsession", "user", "delete", False),
    ("wagtailadmin.formstate", "user", "delete", False),
    ("wagtailcore.apitoken", "user", "delete", False),
    ("wagtailcore.pagesubscription", "user", "delete", False),
    ("wagtailcore.uploadedfile", "uploaded_by_user", "delete", False),
    ("wagtailcore.comment", "user", "keep_anonymous", True),
    ("wagtailcore.comment", "resolved_by", "keep_anonymous", False),
    ("wagtailcore.commentreply", "user", "keep_anonymous", True),
    ("wagtailcore.revision", "user", "keep_anonymous", False),
    ("wagtailcore.taskstate", "finished_by", "keep_anonymous", False),
    ("wagtailcore.workflowstate", "requested_by", "keep_anonymous", False),
    ("basepage.basepage", "owner", "keep_anonymous", False),
    ("basepage.basepage", "locked_by", "keep_anonymous", False),
    ("wagtailcore.modellogentry", "user", "keep_anonymous", False),
    ("wagtailcore.pagelogentry", "user", "keep_anonymous", False),
    ("wagtailimages.image", "uploaded_by_user", "keep_anonymous", False),
    ("wagtaildocs.document", "uploaded_by_user", "keep_anonymous", False),
    ("notifications.mail", "recipient", "delete", True),
    ("notifications.notification", "person", "delete", True),
    ("notifications.wish", "person", "delete", True),
    ("notifications.digest", "person", "delete", False),
    ("cms.networkimage", "uploaded_by_user", "keep_anonymous", False),
    ("cms.networkdocument", "uploaded_by_user", "keep_anonymous", False),
)
"""Model, field, on erasure, export. A person's row itself stays as an empty shell while texts refer to it."""

KEPT_WITH_REASON = (
    ("audit.auditentry", "actor", LOG),
    ("audit.auditentry", "subject", LOG),
)


COLUMNS: tuple[tuple[str, str, OnColumnErasure, str], ...] = (
    ("accounts.person", "email", "blank", "Adresse des Kontos; die Zeile bleibt als leere Hülle."),
    ("account.emailaddress", "email", "delete", "Adresse des Kontos, Zeile der Person."),
    ("accounts.joinlink", "email", "delete", "Adresse einer eingeladenen Person, auch ohne Konto; Suche nach Adresse."),
    ("accounts.portrait", "source", "delete", "Bild der Person; die Ausschnitte daraus gehen mit der Zeile."),
    ("accounts.errand", "address", "delete", "Getippte Adresse, auch ohne Konto; geht nach einer Stunde."),
    ("accounts.errand", "details", "delete", "Angaben beim Registrieren, bis der Worker sie aufnimmt."),
    ("accounts.joinlink", "suggested", "delete", "Angaben beim Registrieren; geht mit der Zeile."),
    ("notifications.mail", "address", "delete", "Adresse, auch ohne Konto (recipient leer); Suche nach Adresse."),
    ("notifications.mail", "reply_to", "blank", "Adresse der Person, die geschrieben hat; Suche nach Adresse."),
    ("notifications.deadaddress", "address", "delete", "Adresse, von der E-Mails zurückkamen; Suche nach Adresse."),
    (
        "notifications.notification",
        "values",
        "delete",
        "Namen im Satz, auch anderer; Zeile der Person.",
    ),
    ("notifications.mail", "sender_name", "blank", "Name des Mitglieds, dessen Worte die Mail trägt."),
    ("notifications.mail", "headers", "blank", "Link der Person zu ihren Einstellungen."),
    ("notifications.crowd", "sender", "delete", "Name des Mitglieds; geht, sobald alle benachrichtigt sind."),
    ("notifications.crowd", "context", "delete", "Name im Satz; geht, sobald alle benachrichtigt sind."),
    ("notifications.crowd", "because", "delete", "Gründe je Person; geht, sobald alle benachrichtigt sind."),
    ("audit.auditentry", "detail", "keep_with_reason", LOG),
    ("mfa.authenticator", "data", "delete", "Geheimnis der zweiten Stufe, Zeile der Person."),
    ("wagtailusers.userprofile", "avatar", "delete", "Bild der Person; die Datei unter MEDIA_ROOT geht mit."),
    ("search.searchentry", "title", "delete", "Name; Zeile mit type=person und key=Nummer der Person."),
    ("search.searchentry", "body", "delete", "Text über sich; dieselbe Zeile."),
    ("search.searchentry", "facets", "delete", "Funktion und Kommune; dieselbe Zeile."),
    ("wagtailcore.revision", "content", "blank", "Fassung einer Seite; Ansprechpersonen darin, Suche nach Adresse."),
    ("accounts.foundingorder", "contact_email", "no_person", "Anschrift des Netzwerks."),
    ("tenancy.network", "contact_email", "no_person", "Anschrift des Netzwerks."),
    ("cms.provider", "email", "no_person", "Anschrift des Betreibers der Plattform."),
    ("wagtailusers.userprofile", "dismissibles", "no_person", "Welche Hinweise der Redaktion geschlossen sind."),
    ("wagtailcore.modellogentry", "data", "no_person", "Art der Änderung; wer sie machte, steht in user."),
    ("wagtailcore.pagelogentry", "data", "no_person", "Art der Änderung; wer sie machte, steht in user."),
)
"""Model, field, on erasure, and what it holds and how the person is found (for kept ones: why)."""


def register() -> None:
    for model, field, on_erasure, export in RELATIONS:
        register_relation(model, field, on_erasure=on_erasure, export=export)
    for model, field, reason in KEPT_WITH_REASON:
        register_relation(model, field, on_erasure="keep_with_reason", reason=reason, export=True)
    for model, field, when_erased, note in COLUMNS:
        register_column(model, field, on_erasure=when_erased, note=note)

"""What happens to the relations to a person of our own, Wagtail's, allauth's and Django's models.

Accounts is the lowest app that knows them all; those of ``notifications`` are here too, which stands beside
``privacy`` and may not import it. Labels are text, so that no model has to be imported.
"""

from __future__ import annotations

from dkbm.privacy.registry import OnErasure, register_relation

LOG = "Entscheidungen über Aufnahme, Rollen und Zugriffe müssen nachvollziehbar bleiben (Art. 5 Abs. 2 DSGVO)."

RELATIONS: tuple[tuple[str, str, OnErasure, bool], ...] = (
    ("accounts.person", "groups", "delete", False),
    ("accounts.person", "user_permissions", "delete", False),
    ("accounts.profile", "person", "delete", True),
    ("accounts.admissionrequest", "decided_by", "keep_anonymous", False),
    ("accounts.termsacceptance", "person", "delete", True),
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
    ("cms.networkimage", "uploaded_by_user", "keep_anonymous", False),
    ("cms.networkdocument", "uploaded_by_user", "keep_anonymous", False),
)
"""Model, field, on erasure, export. A person's row itself stays as an empty shell while texts refer to it."""

KEPT = (
    ("audit.auditentry", "actor", LOG),
    ("audit.auditentry", "subject", LOG),
)


def register() -> None:
    for model, field, on_erasure, export in RELATIONS:
        register_relation(model, field, on_erasure=on_erasure, export=export)
    for model, field, reason in KEPT:
        register_relation(model, field, on_erasure="keep_with_reason", reason=reason, export=True)

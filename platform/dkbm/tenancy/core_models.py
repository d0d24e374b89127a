"""Which models of Django, Wagtail and allauth hold a network's data, and how lock 1 reaches them.

Their managers are replaced at the signal ``class_prepared``: ``AppConfig.ready()`` would be too late for
querysets that forms keep from import time on.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import class_prepared

from .managers import scope_model

BY_COLUMN = frozenset(
    {
        "account.emailconfirmation",
        "auth.group",
        "sessions.session",
        "taggit.tag",
        "taggit.taggeditem",
        "wagtailadmin.editingsession",
        "wagtailadmin.formstate",
        "wagtailcore.apitoken",
        "wagtailcore.collectionviewrestriction",
        "wagtailcore.comment",
        "wagtailcore.commentreply",
        "wagtailcore.groupapprovaltask",
        "wagtailcore.groupcollectionpermission",
        "wagtailcore.grouppagepermission",
        "wagtailcore.groupsitepermission",
        "wagtailcore.modellogentry",
        "wagtailcore.pagelogentry",
        "wagtailcore.pagesubscription",
        "wagtailcore.pageviewrestriction",
        "wagtailcore.referenceindex",
        "wagtailcore.revision",
        "wagtailcore.site",
        "wagtailcore.task",
        "wagtailcore.taskstate",
        "wagtailcore.uploadedfile",
        "wagtailcore.workflow",
        "wagtailcore.workflowcontenttype",
        "wagtailcore.workflowpage",
        "wagtailcore.workflowstate",
        "wagtailcore.workflowtask",
        # Replaced by our own models and always empty, but Wagtail asks them and deletes through them.
        "wagtaildocs.document",
        "wagtailimages.image",
        "wagtailimages.rendition",
        "wagtailredirects.redirect",
        "wagtailsearch.indexentry",
    }
)
"""Their tables carry ``network_id``, filled by the database; the ORM does not know it."""

BY_COLUMN_OR_ROOT = frozenset({"wagtailcore.collection"})
"""The same, but the tree's root belongs to nobody and is seen by all."""

PERSON_PATH = {
    "account.emailaddress": "user",
    "mfa.authenticator": "user",
    "wagtailusers.userprofile": "user",
}
"""Rows of a person, seen wherever that person belongs. Value: the path to the person's key."""


def condition_of(label: str) -> dict[str, bool] | None:
    """Condition for the model ``app.model``, ``None`` where lock 1 has nothing to do."""
    if label in BY_COLUMN:
        return {"pk__bound": True}
    if label in BY_COLUMN_OR_ROOT:
        return {"pk__bound_or_root": True}
    if label in PERSON_PATH:
        return {f"{PERSON_PATH[label]}__belongs_to_bound": True}
    return None


def _scope_when_prepared(sender: Any, **kwargs: Any) -> None:
    if sender.__module__ == "__fake__":  # historical models of migrations stay as they are
        return
    condition = condition_of(sender._meta.label_lower)
    if condition:
        scope_model(sender, **condition)


def connect() -> None:
    class_prepared.connect(_scope_when_prepared, dispatch_uid="dkbm.tenancy.core_models")

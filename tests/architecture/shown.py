"""What each app shows to the others: everything else of it is nobody's business.

Kernel (``core``), locks (``tenancy``), registries and models are made to be used; of ``domain`` only what stands here.
``dkbm.config``, which puts the house together, may also take URLs, views and consumers.
"""

from __future__ import annotations

SHOWN: dict[str, set[str]] = {
    "dkbm.accounts": {
        "decorators", "domain.admission", "domain.functions", "domain.people", "domain.queries.functions",
        "domain.queries.membership", "domain.queries.people", "enums", "hooks", "models", "places", "signup_choices",
    },
    "dkbm.audit": {"actions", "log", "sentences"},
    "dkbm.cms": {
        "basepage.models", "blocks", "bound_pages", "desk", "document_changes", "domain.edits", "domain.files",
        "domain.help_pages",
        "domain.look",
        "domain.legal_pages",
        "domain.networks", "domain.pages", "domain.provider", "domain.tags", "founding", "frame", "gate_lists",
        "models",
        "page_contexts", "places", "roles", "showing", "streams",
    },
    "dkbm.editorial": {"domain.blickpunkt", "domain.publications", "models"},
    "dkbm.events": {"domain.imports", "domain.queries.events", "domain.registration", "models"},
    "dkbm.glossary": {"domain.saving", "models"},
    "dkbm.imports": {
        "domain.authors", "domain.forum", "domain.known", "domain.naming", "domain.reference", "domain.workgroups",
        "models", "problems", "reading", "references", "schemas", "schemas.base", "schemas.events",
    },
    "dkbm.live": {"broadcast", "channels", "groups"},
    "dkbm.municipalities": {"domain.queries.choices", "domain.queries.own", "facets", "models"},
    "dkbm.inbound": {"domain.retention", "door", "enums"},
    "dkbm.notifications": {
        "answers", "domain.forecast", "domain.message", "domain.message_ids", "domain.outbox", "domain.reading",
        "domain.reply_addresses", "domain.retention", "domain.telling", "domain.telling_many",
        "domain.undeliverable", "domain.wishes", "enums", "kinds", "models", "rules", "scopes",
        "selections",
    },
    "dkbm.printing": {"documents", "letterhead", "rich_text", "serving", "templates"},
    "dkbm.privacy": {"registry"},
    "dkbm.search": {
        "domain.index", "domain.queries.counting", "domain.queries.entries", "domain.queries.matching",
        "domain.queries.understanding", "enums", "facets", "models", "places", "questions", "receivers", "registry",
        "synonyms", "text", "types",
    },
    "forum": {"domain.imports", "domain.posts", "domain.reading", "domain.spaces", "domain.topics", "models"},
    "goodpractice": {
        "blocks", "domain.imports", "domain.pages", "domain.saving", "domain.vocabulary", "enums", "links", "models",
        "places",
    },
    "workgroups": {
        "domain.groups", "domain.imports", "domain.queries.groups", "domain.queries.overview", "enums", "facets",
        "models", "places", "rules",
    },
}  # fmt: skip
"""App -> its modules that others import. A line goes when nobody imports it any more."""

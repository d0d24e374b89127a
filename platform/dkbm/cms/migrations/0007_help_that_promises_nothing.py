"""Pages of help that nobody has made their own say what new networks read: no number of days, and today's words.

What was saved in the editor since carries the editor's keys (``data-block-key``), differs from the texts below, and stays.
"""

import json
from typing import Any

from django.db import migrations

NEW_TEXTS = {
    "<ol><li>Unter „Mitmachen“ geben Sie Name,": "<ol><li>Unter „Registrieren“ geben Sie Name,",
    "<li>Die Transferagentur prüft Ihre Anfrage, gewöhnlich in ein bis drei Arbeitstagen. Sobald "
    "Sie aufgenommen sind, bekommen Sie eine E-Mail.</li>": "<li>Die Netzwerkleitung prüft Ihre Anfrage. Sobald Sie "
    "aufgenommen sind, bekommen Sie eine E-Mail.</li>",
    "<p>Foren, Mitglieder und manche Beispiele sehen nur aufgenommene Mitglieder. Den Bereich einer Gruppe sehen nur, "
    "wer ihr angehört, und die Netzwerkleitung.</p>": "<p>Foren, Mitglieder und manche Beispiele sehen nur aufgenommene "
    "Mitglieder. Den Bereich einer Gruppe sieht nur, wer ihr angehört, und die Netzwerkleitung.</p>",
    "Fragen Sie sonst unter „Mitmachen“ noch einmal an; so bekommen Sie einen neuen Link.</p>": "Registrieren Sie sich "
    "sonst noch einmal; so bekommen Sie einen neuen Link.</p>",
    "<p>Unter „Anmelden“ führt „Passwort vergessen?“ zu": "<p>Unter „Einloggen“ führt „Passwort vergessen?“ zu",
}
SLUGS = ("erste-schritte", "fragen-und-antworten")


def renewed(body: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block | {"value": _renewed(block["value"])} if block["type"] == "text" else block for block in body]


def _renewed(text: str) -> str:
    for old, new in NEW_TEXTS.items():
        text = text.replace(old, new)
    return text


def renew(apps: Any, schema_editor: Any) -> None:
    # The owner's login reads and writes the pages of all networks; each row stays its network's.
    pages = apps.get_model("cms", "StandardPage")._base_manager
    revisions = apps.get_model("wagtailcore", "Revision")._base_manager
    for page in pages.filter(slug__in=SLUGS).iterator():
        body = list(page.body.raw_data)
        if (new := renewed(body)) != body:
            pages.filter(pk=page.pk).update(body=new)
        # What the editor opens, and would publish again.
        for revision in revisions.filter(pk__in={page.latest_revision_id, page.live_revision_id}):
            body = json.loads(revision.content["body"])
            if (new := renewed(body)) != body:
                revisions.filter(pk=revision.pk).update(content=revision.content | {"body": json.dumps(new)})


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_plainer_words"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]

"""A mail of each kind, with whatever people may type."""

from __future__ import annotations

from dkbm.notifications.domain.outbox import Letter, Thing, queue_mails
from dkbm.notifications.domain.switch_links import why_path
from dkbm.notifications.kinds import TEXTS, all_kinds
from dkbm.notifications.models import Mail
from tests.factories.people import make_person

KINDS = [kind.key for kind in all_kinds() if not kind.key.startswith("probe")]
TYPED = "Erste Zeile\n- nur ein Strich\n\nÜberschrift?\n------------\n-- \n<b>fett</b> http://niedersachsen.localhost:8000/x/"
NAMES = (
    "writer writer_line title space group ag by name line office date place municipality person change role answer_to "
    "network_name roles choice granted registers what from_address subject question missed to_email"
)
VALUES = dict.fromkeys(NAMES.split(" "), "Ämter & <Schulen>") | dict.fromkeys(TEXTS, TYPED)
SECTIONS = (
    "AG 1 Daten\n----------\n\nJana hat geantwortet.\nhttp://niedersachsen.localhost:8000/benachrichtigungen/1/\n\n"
    "Und 3 weitere Neuigkeiten:\nhttp://niedersachsen.localhost:8000/benachrichtigungen/"
)


def mail_of(kind: str, **context: str) -> Mail:
    person = make_person()
    values = {**VALUES, "cancel_path": "/veranstaltungen/abmelden/x/", "online_url": "https://konferenz.example.org/1"}
    values |= {"sections": SECTIONS} | context
    letter = Letter(person, f"{kind}:1", why=why_path(person.pk), can_stop=True)
    queue_mails(kind=kind, letters=[letter], path="/forum/1/", cause=Thing("x.y", "1"), context=values)
    return Mail.objects.get(key=letter.key)

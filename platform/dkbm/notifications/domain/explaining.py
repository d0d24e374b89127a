"""Each rule as a sentence: why a mail came, or how somebody is told."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dkbm.notifications.enums import Level, Rule

SENTENCES = {
    Rule.MANDATORY: gettext_lazy(
        "Diese Nachricht („%(kind)s“) betrifft Sie selbst. Sie kommt immer sofort und kann nicht abbestellt werden."
    ),
    Rule.TOPIC_FOLLOWED: gettext_lazy("Sie folgen dem Thema%(place)s. Deshalb erfahren Sie davon %(level)s."),
    Rule.TOPIC_MUTED: gettext_lazy("Sie möchten von diesem Thema%(place)s nichts hören."),
    Rule.GROUP_OFF: gettext_lazy("Sie haben E-Mails abgestellt%(place)s: Sie finden Neues nur auf der Plattform."),
    Rule.KIND: gettext_lazy("Sie haben für „%(kind)s“ gewählt: %(level)s."),
    Rule.WROTE: gettext_lazy("Sie haben in diesem Thema geschrieben%(place)s. Deshalb erfahren Sie davon %(level)s."),
    Rule.MENTIONED: gettext_lazy("Sie wurden in einem Beitrag genannt%(place)s. Deshalb erfahren Sie davon %(level)s."),
    Rule.GROUP: gettext_lazy("Sie gehören zur Gruppe und haben für sie gewählt%(place)s: %(level)s."),
    Rule.OFFICE: gettext_lazy("Sie haben ein Amt in der Gruppe%(place)s. Deshalb erfahren Sie davon %(level)s."),
    Rule.GENERAL: gettext_lazy("Sie haben für alle Ihre Gruppen gewählt: %(level)s. Das gilt auch hier%(place)s."),
    Rule.NETWORK: gettext_lazy(
        "Sie haben dazu nichts gewählt. In diesem Netzwerk ist für das, was in Gruppen geschieht, üblich: "
        "%(level)s%(place)s."
    ),
    Rule.USUAL: gettext_lazy("Sie haben dazu nichts gewählt. Bei „%(kind)s“ ist üblich: %(level)s."),
    Rule.PAUSED: gettext_lazy("Sie haben eine Pause gewählt. Was so lange wartet, kommt danach im Überblick%(place)s."),
}
DIGESTS = {
    Level.DAILY: gettext_lazy(
        "Dieser Überblick fasst zusammen, wovon Sie täglich erfahren möchten und was Sie noch nicht gelesen hatten. "
        "Er kommt an Werktagen, wenn es etwas Neues gibt."
    ),
    Level.WEEKLY: gettext_lazy(
        "Dieser Überblick fasst zusammen, wovon Sie wöchentlich erfahren möchten und was Sie noch nicht gelesen "
        "hatten. Er kommt montags, wenn es etwas Neues gibt."
    ),
}


def explain(rule: Rule, *, kind: str, group: str = "", level: Level) -> str:
    """The rule in a sentence, to the person. ``kind``: its German name. ``group``: title, empty for the network."""
    place = _(" („%(group)s“)") % {"group": group} if group else ""
    return str(SENTENCES[rule]) % {"kind": kind, "place": place, "level": level.label}


def explain_digest(level: Level) -> str:
    return str(DIGESTS[level])

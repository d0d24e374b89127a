"""What is logged about people, their roles and the operators' ways into networks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.audit.actions import Action

ACTIONS = (
    Action("membership.admitted", _("%(actor)s hat %(subject)s aufgenommen."), values=("choice",)),
    Action(
        "membership.admitted_by_domain",
        _("%(subject)s wurde aufgenommen (vertraute Domain %(reason)s)."),
        values=("choice",),
    ),
    Action(
        "membership.admitted_by_invitation",
        _("%(subject)s wurde durch eine Einladung aufgenommen."),
        values=("choice",),
    ),
    Action("membership.refused", _("%(actor)s hat die Anfrage von %(subject)s abgelehnt.")),
    Action("membership.left", _("%(subject)s hat das Netzwerk verlassen.")),
    Action("membership.withdrawn", _("%(subject)s hat die eigene Anfrage zurückgezogen.")),
    Action("role.granted", _("%(actor)s hat %(subject)s die Rolle %(role)s gegeben."), values=("role",)),
    Action("role.revoked", _("%(actor)s hat %(subject)s die Rolle %(role)s entzogen."), values=("role",)),
    Action(
        "role.granted_by_invitation",
        _("%(subject)s hat durch eine Einladung die Rolle %(role)s bekommen."),
        values=("role",),
    ),
    Action("domain.trusted", _("%(actor)s hat die Domain %(domain)s als vertraut eingetragen."), values=("domain",)),
    Action(
        "domain.distrusted",
        _("%(actor)s hat die Domain %(domain)s aus den vertrauten gestrichen."),
        values=("domain",),
    ),
    Action("function.added", _("%(actor)s hat die Funktion „%(title)s“ angelegt."), values=("title",)),
    Action(
        "function.renamed",
        _("%(actor)s hat die Funktion „%(before)s“ in „%(title)s“ umbenannt."),
        values=("title", "before"),
    ),
    Action(
        "function.merged",
        _("%(actor)s hat die Funktion „%(before)s“ mit „%(title)s“ zusammengeführt."),
        values=("title", "before"),
    ),
    Action("function.retired", _("%(actor)s bietet die Funktion „%(title)s“ nicht mehr an."), values=("title",)),
    Action("function.offered", _("%(actor)s bietet die Funktion „%(title)s“ wieder an."), values=("title",)),
    Action("manager.invited", _("%(actor)s hat %(address)s als Netzwerkleitung eingeladen."), values=("address",)),
    Action("person.second_factor_removed", _("Der Betrieb hat %(subject)s die zweite Stufe genommen.")),
    Action("operator.appointed", _("%(subject)s gehört zum Betrieb.")),
    Action("network.ordered", _("%(actor)s hat das Netzwerk %(network)s bestellt."), values=("network",)),
    Action(
        "network.founded", _("Das von %(actor)s bestellte Netzwerk %(network)s ist gegründet."), values=("network",)
    ),
    Action("network.listed", _("%(actor)s lässt den Eingang das Netzwerk nennen.")),
    Action("network.unlisted", _("%(actor)s lässt den Eingang das Netzwerk nicht mehr nennen.")),
    Action("provider.changed", _("%(actor)s hat geändert, wer die Plattform betreibt.")),
    # Only the platform's own log names the network; in a network's log it is this one.
    Action("operator.entered", _("%(actor)s hat das Netzwerk %(network)s betreten."), optional=("network",)),
    Action("operator.left", _("%(actor)s hat das Netzwerk %(network)s wieder verlassen."), optional=("network",)),
)

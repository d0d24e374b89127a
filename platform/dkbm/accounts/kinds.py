"""The mails about accounts and membership."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.notifications.kinds import Kind, register_kind

KINDS = (
    Kind("account-confirm", _("Adresse bestätigen"), _("Bitte bestätigen Sie Ihre E-Mail-Adresse")),
    Kind("account-known", _("Konto besteht schon"), _("Sie haben schon ein Konto")),
    Kind("account-join", _("Mitgliedschaft mit vorhandenem Konto"), _("So werden Sie Mitglied: %(network_name)s")),
    Kind("account-invited", _("Einladung"), _("Einladung in das Netzwerk %(network_name)s")),
    Kind("account-password-reset", _("Passwort vergessen"), _("Neues Passwort festlegen")),
    Kind("account-changed", _("Konto geändert"), "%(what)s"),
    Kind("membership-requested", _("Aufnahme angefragt"), _("%(name)s möchte Mitglied werden")),
    Kind("membership-admitted", _("Aufgenommen"), _("Willkommen im Netzwerk %(network_name)s")),
    Kind("membership-refused", _("Nicht aufgenommen"), _("Ihre Anfrage an das Netzwerk %(network_name)s")),
    Kind("role-changed", _("Rolle geändert"), _("Ihre Rolle im Netzwerk %(network_name)s")),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)

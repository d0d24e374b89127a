"""Mails about groups; their texts lie in ``themes/base/templates/mail/``."""

from django.utils.translation import gettext_lazy as _

from dkbm.notifications.kinds import Kind

KINDS = (
    Kind("group-request", _("Anfrage an eine Arbeitsgruppe"), _("%(name)s möchte in „%(group)s“ mitarbeiten")),
    Kind("group-admitted", _("Aufnahme in eine Arbeitsgruppe"), _("Willkommen in „%(group)s“")),
    Kind("group-added", _("In eine Arbeitsgruppe aufgenommen"), _("Sie gehören jetzt zu „%(group)s“")),
    Kind("group-removed", _("Aus einer Arbeitsgruppe entfernt"), _("Ihre Mitgliedschaft in „%(group)s“ ist beendet")),
    Kind("group-refused", _("Ablehnung einer Anfrage"), _("Ihre Anfrage an „%(group)s“")),
    Kind("group-office", _("Amt in einer Gruppe"), _("Ihr Amt in „%(group)s“: %(office)s")),
    Kind("group-closed", _("Abschluss einer Unterarbeitsgruppe"), _("„%(group)s“ ist abgeschlossen")),
)

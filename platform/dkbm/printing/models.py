"""What was asked to be printed, and where the PDF of it lies."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.tenancy.models import NetworkOwned

from .enums import PrintState

FOLDER = "druck"


def stored_under(printed: Printed, filename: str) -> str:
    """In the store of uploaded files, below the network's folder. No address leads there (``cms.views.files``)."""
    return f"{printed.network_id}/{FOLDER}/{printed.digest}.pdf"


class Printed(NetworkOwned):
    """The PDF of one thing for one audience; there is one of each, so that nobody can fill the store.

    ``about``: the thing and the audience, as the app that prints names them. ``digest``: of all that the PDF says; with
    another content it is made anew. ``content``: what is to be set, until it is. ``tries``: of the worker, with this
    content. ``asked``: since when it is wanted, ``used``: when somebody last got it.
    """

    about = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    template = models.CharField(max_length=60)
    content = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=PrintState.choices, default=PrintState.WAITING)
    tries = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    file = models.FileField(upload_to=stored_under, max_length=200, blank=True)
    size = models.PositiveIntegerField(_("Größe"), default=0)
    asked = models.DateTimeField(default=timezone.now)
    used = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("Gedrucktes")
        verbose_name_plural = _("Gedrucktes")
        constraints = [models.UniqueConstraint(fields=["network", "about"], name="printed_once_a_thing_and_audience")]

    def __str__(self) -> str:
        return f"{self.about}: {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state == PrintState.WAITING

    @property
    def is_ready(self) -> bool:
        """Made, and its file is still there."""
        name = self.file.name
        return self.state == PrintState.READY and bool(name) and self.file.storage.exists(str(name))

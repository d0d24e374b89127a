"""The log of what was decided about people and access."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from dkbm.tenancy.models import NetworkOwned


class AuditEntry(NetworkOwned):
    """What was decided about people and access: admissions, roles, crossings. Written once, never changed."""

    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["network", "-at"], name="audit_network_at")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.action}"

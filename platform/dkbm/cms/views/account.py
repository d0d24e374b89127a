"""An editor's settings in the CMS, without what belongs to /konto/."""

from __future__ import annotations

from typing import Any

from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, LogoutView, NameEmailSettingsPanel

ELSEWHERE = (AvatarSettingsPanel, NameEmailSettingsPanel)
"""Nothing shows the picture and no view serves its file; the name is changed in the profile, for the search too."""


class SettingsView(AccountView):
    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, ELSEWHERE)]


sign_out = require_POST(LogoutView.as_view())
"""Wagtail's takes the browser its cookie whatever was asked, so a mere link or picture of another site signed out."""
settings = require_admin_access(SettingsView.as_view())

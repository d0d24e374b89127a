"""The form of every page in the CMS."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm


class NetworkPageForm(WagtailAdminPageForm):
    """Says beside the field that a slug is one of the platform's paths."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        try:
            self.instance.validate_path(data.get("slug") or "", self.parent_page.depth if self.parent_page else 0)
        except ValidationError as error:
            self.add_error("slug" if "slug" in self.fields else None, error)
        return data

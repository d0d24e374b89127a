"""The form of every page in the CMS."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from dkbm.tenancy.reserved import validate_not_reserved

DEPTH_OF_HOME = 2


class NetworkPageForm(WagtailAdminPageForm):  # type: ignore[misc]
    """Says beside the field that a slug is one of the platform's paths."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        parent = self.parent_page
        if parent is not None and parent.depth == DEPTH_OF_HOME and self.instance.needs_free_path():
            try:
                validate_not_reserved(data.get("slug") or "")
            except ValidationError as error:
                self.add_error("slug" if "slug" in self.fields else None, error)
        return data

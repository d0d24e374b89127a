"""Who reads a collection or a page: one form that writes it all, and two managers may have it open."""

from __future__ import annotations

from functools import cache
from typing import Any

from wagtail.models import BaseViewRestriction

from dkbm.core.whole_rows import WholeRowForm


class PrivacyForm(WholeRowForm):
    """Mixed into Wagtail's form. Without a restriction there is no row, and that is what it was opened with."""

    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance if self.instance.pk else None
        self.stands(
            {
                "restriction_type": stored.restriction_type if stored else BaseViewRestriction.NONE,
                "groups": list(stored.groups.values_list("pk", flat=True)) if stored else [],
            }
        )


@cache
def privacy_form(form_class: Any) -> Any:
    return type(form_class)(form_class.__name__, (PrivacyForm, form_class), {"__module__": form_class.__module__})

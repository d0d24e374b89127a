"""What stands on top of everything that a network prints: its name, its logo, its colour."""

from __future__ import annotations

from typing import Any

from dkbm.cms.domain.look import accent_and_logo
from dkbm.tenancy.context import require_network

from .documents import PictureSource

LOGO = "logo"


def letterhead() -> tuple[dict[str, Any], dict[str, PictureSource]]:
    """Data and pictures of the bound network, for each :class:`~dkbm.printing.documents.Document`. One query."""
    accent, logo = accent_and_logo()
    pictures = {LOGO: PictureSource(logo.pk, logo.file_hash)} if logo else {}
    return {"network": require_network().name, "accent": accent}, pictures

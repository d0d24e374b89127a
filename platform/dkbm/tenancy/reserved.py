"""Names that no page, workgroup or network may take: they are paths or hosts of the platform."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

RESERVED_SLUGS: frozenset[str] = settings.RESERVED_SLUGS


def validate_not_reserved(value: str) -> None:
    """Raises ``ValidationError`` with a German sentence for a reserved name."""
    if value.lower() in RESERVED_SLUGS:
        raise ValidationError(
            _("„%(name)s“ ist für die Plattform reserviert. Bitte wählen Sie einen anderen Namen."),
            params={"name": value},
        )

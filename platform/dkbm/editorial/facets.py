"""By what publications are found."""

from django.utils.translation import gettext_lazy as _

from dkbm.municipalities.facets import MUNICIPALITY
from dkbm.search.facets import TAG, YEAR, Facet

KIND = Facet("publication_kind", "publikationsart", _("Art"), _("Alle Arten"), order=30)

FACETS = (KIND, MUNICIPALITY, TAG, YEAR)

"""By what events are found."""

from django.utils.translation import gettext_lazy as _

from dkbm.municipalities.facets import MUNICIPALITY
from dkbm.search.facets import GROUP, YEAR, Facet

KIND = Facet("event_kind", "terminart", _("Art"), _("Alle Arten"), order=30)

FACETS = (KIND, MUNICIPALITY, GROUP, YEAR)

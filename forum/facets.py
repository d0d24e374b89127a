"""By what topics are found."""

from django.utils.translation import gettext_lazy as _

from dkbm.search.facets import TAG, YEAR, Facet
from workgroups.facets import WORKGROUP

SPACE = Facet("space", "raum", _("Bereich im Forum"), _("Alle Bereiche"), order=35)

FACETS = (TAG, SPACE, WORKGROUP, YEAR)

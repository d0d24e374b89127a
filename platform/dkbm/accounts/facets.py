"""By what members find each other."""

from django.utils.translation import gettext_lazy as _

from dkbm.municipalities.facets import MUNICIPALITY
from dkbm.search.facets import Facet

FUNCTION = Facet("function", "funktion", _("Funktion"), _("Alle Funktionen"), order=30)

FACETS = (FUNCTION, MUNICIPALITY)

"""By what examples are found, in the search and in the catalogue's own list."""

from django.utils.translation import gettext_lazy as _

from dkbm.municipalities.facets import MUNICIPALITY
from dkbm.search.facets import TAG, Facet

ECKPUNKT = Facet("eckpunkt", "eckpunkt", _("Eckpunkt"), _("Alle Eckpunkte"), order=25)
KIND = Facet("item_kind", "beispielart", _("Art"), _("Alle Arten"), order=30)
PHASE = Facet("phase", "phase", _("Bildungsphase"), _("Alle Phasen"), order=50)
PROGRAMME = Facet("programme", "programm", _("Programm"), _("Alle Programme"), order=60)

PLACE = "kommune"
FIRST = {"eckpunkt": ECKPUNKT, "art": KIND, PLACE: MUNICIPALITY}
"""Every example has the first two; by a name that one knows one looks for the third."""
MORE = {"thema": TAG, "phase": PHASE, "programm": PROGRAMME}
FILTERS = {**FIRST, **MORE}
"""Name in the addresses of `/katalog/` -> facet, in the order of the list's form; ``MORE`` lie behind a fold."""

FACETS = tuple(FILTERS.values())

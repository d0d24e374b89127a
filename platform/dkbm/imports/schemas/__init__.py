"""What the files of the reference data may hold. Every key is known, everything else is refused."""

from .base import Entry
from .catalogue import CatalogueFile
from .eckpunkte import EckpunkteFile
from .events import EventsFile
from .forum import ForumFile
from .glossary import GlossaryFile
from .municipalities import MunicipalitiesFile
from .networks import NetworksFile
from .publications import PublicationsFile
from .workgroups import WorkgroupsFile

__all__ = [
    "CatalogueFile",
    "EckpunkteFile",
    "Entry",
    "EventsFile",
    "ForumFile",
    "GlossaryFile",
    "MunicipalitiesFile",
    "NetworksFile",
    "PublicationsFile",
    "WorkgroupsFile",
]

"""Pages, media and site settings of a network."""

from .look import NetworkLook
from .media import NetworkDocument, NetworkImage, NetworkRendition, NetworkTag, TaggedDocument, TaggedImage
from .pages import HomePage, StandardPage

__all__ = [
    "HomePage",
    "NetworkDocument",
    "NetworkImage",
    "NetworkLook",
    "NetworkRendition",
    "NetworkTag",
    "StandardPage",
    "TaggedDocument",
    "TaggedImage",
]

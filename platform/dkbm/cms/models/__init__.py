"""Pages, media and site settings of a network."""

from .look import NetworkLook
from .media import NetworkDocument, NetworkImage, NetworkRendition, NetworkTag, TaggedDocument, TaggedImage
from .pages import HomePage, StandardPage
from .pictures import ALT_HELP, ALT_LABEL, ALT_LENGTH, WithPicture, check_described, picture_panel
from .provider import Provider

__all__ = [
    "ALT_HELP",
    "ALT_LABEL",
    "ALT_LENGTH",
    "HomePage",
    "NetworkDocument",
    "NetworkImage",
    "NetworkLook",
    "NetworkRendition",
    "NetworkTag",
    "Provider",
    "StandardPage",
    "TaggedDocument",
    "TaggedImage",
    "WithPicture",
    "check_described",
    "picture_panel",
]

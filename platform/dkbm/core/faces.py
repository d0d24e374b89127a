"""What stands for a person, a group or a place beside its name: a picture, a spot on the map, letters.

Drawn by the component ``avatar``. It is decoration: what it stands for is always named beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .maps.place import Spot


@dataclass(frozen=True)
class Face:
    """The first of these that there is: ``picture`` (address of a small one, ``large_picture`` of the same), ``spot``,
    ``letters``; without any, the outline of somebody.

    ``above``: small letters over the others; ``is_tile``: square, of a group and not of a person; ``is_outlined``: of
    a place that all share, beside groups.
    """

    letters: str = ""
    picture: str = ""
    large_picture: str = ""
    spot: Spot | None = None
    above: str = ""
    is_tile: bool = False
    is_outlined: bool = False

    @property
    def without_picture(self) -> Face:
        """Where the picture's address means nothing: an operator's page stands on another host."""
        return replace(self, picture="", large_picture="")


NOBODY = Face()
"""Of an account that is gone."""

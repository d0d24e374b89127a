"""Each kind of thing that is printed, with plain, full and hostile content. A new template adds its lines here.

Made without a database; what an app makes of its rows is tested with the app.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from PIL import Image

from dkbm.printing.typesetting import typeset
from tests.printing.samples import HOSTILE, LONG_WORD, TEMPLATE, data

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#0b5a5e"/>
<text x="2" y="14" font-family="Arial" font-size="10" fill="#fff">Netz</text></svg>"""


def picture(kind: str, mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, (120, 80), 120 if mode == "L" else (11, 90, 94, 128)[: len(mode)]).save(out, kind)
    return out.getvalue()


def empty() -> Mapping[str, Any]:
    """An example of which the source says next to nothing."""
    full = data()
    nothing = {name: [] for name, value in full.items() if isinstance(value, list)}
    return {**full, **nothing, "summary": "", "contact_note": "Niemand."}


PICTURES = {"logo.svg": SVG, "picture.jpg": picture("JPEG"), "material0.png": picture("PNG", "RGBA")}

PRINTS: dict[str, Callable[[], bytes]] = {
    "example": lambda: typeset(template=TEMPLATE, data=data(), pictures={}),
    "example-empty": lambda: typeset(template=TEMPLATE, data=empty(), pictures={}),
    "example-hostile": lambda: typeset(template=TEMPLATE, data=data(HOSTILE, summary=LONG_WORD), pictures={}),
    "example-pictures": lambda: typeset(template=TEMPLATE, data=data(), pictures=PICTURES),
    "example-grey": lambda: typeset(template=TEMPLATE, data=data(), pictures={"picture.jpg": picture("JPEG", "L")}),
}

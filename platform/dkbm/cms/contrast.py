"""Contrast of colours by WCAG 2.2, and the colours that follow from a network's accent.

The accent is text and lines on white, on the page's grey and on the soft accent, and carries white text. All
of it has to reach 4.5 : 1, or the accent is refused with a proposal of the same hue. In the dark scheme a light tone of
the hue takes its place, so that no accent fails there.
"""

import colorsys
import re
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from dkbm.core.decisions import Decision

WHITE = "#ffffff"
PAGE = "#f6f7f9"  # --page in tokens.css
TEXT = 4.5  # WCAG 1.4.3
ENHANCED = 7.0  # WCAG 1.4.6, for the strong accent
SOFT_SHARE = 0.1
MID_SHARE = 0.45
DARK_SURFACE = "#1b2027"  # --surface in the dark scheme of tokens.css, the lightest ground there
DARK_TEXT = "#10141a"  # --on-accent there
DARK_SOFT_SHARE = 0.22
DARK_SOFT_APART = 1.1
DARK_MID_SHARE = 0.55
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)

Rgb = tuple[float, float, float]


@dataclass(frozen=True)
class AccentDecision(Decision):
    """Whether an accent may be used; if not, why in German, and the nearest darker colour that may."""

    proposal: str = ""


def check_accent(accent: str) -> AccentDecision:
    if not HEX.fullmatch(accent.strip()):
        return AccentDecision(False, _("Bitte geben Sie die Farbe als Hexadezimalwert an, zum Beispiel #0b5a5e."))
    colour = normalised(accent)
    ratio = lowest_contrast(colour)
    if ratio >= TEXT:
        return AccentDecision(True)
    proposal = darker_until_readable(colour)
    reason = _(
        "Diese Farbe ist zu hell: Schrift in ihr erreicht auf hellem Grund nur einen Kontrast von "
        "%(ratio)s : 1, nötig sind %(needed)s : 1. Der nächste dunklere Ton, der ausreicht, ist %(proposal)s."
    ) % {
        # Rounded down: 4.49 must not read as 4.5.
        "ratio": number_format(int(ratio * 10) / 10, 1, use_l10n=True),
        "needed": number_format(TEXT, 1, use_l10n=True),
        "proposal": proposal,
    }
    return AccentDecision(False, reason, proposal)


@dataclass(frozen=True)
class Measured:
    """How well something can be read. ``ratio`` is rounded down: 4.49 must not read as 4.5."""

    what: str
    ratio: float

    @property
    def figure(self) -> str:
        return _("%(ratio)s : 1") % {"ratio": number_format(int(self.ratio * 10) / 10, 1, use_l10n=True)}

    @property
    def is_enough(self) -> bool:
        return self.ratio >= TEXT


def measured_light(accent: str) -> list[Measured]:
    return [
        Measured(_("Schrift in der Farbe auf Weiß"), contrast_ratio(accent, WHITE)),
        Measured(_("auf dem Grund der Seiten"), contrast_ratio(accent, PAGE)),
        Measured(_("auf dem zarten Ton"), contrast_ratio(accent, soft_accent(accent))),
        Measured(_("weiße Schrift auf der Farbe"), contrast_ratio(WHITE, accent)),
    ]


def measured_dark(accent: str) -> list[Measured]:
    """Of the light tone that takes the accent's place there."""
    light = light_accent(accent)
    return [
        Measured(_("Schrift im hellen Ton auf dunklem Grund"), contrast_ratio(light, DARK_SURFACE)),
        Measured(_("auf dem zarten dunklen Ton"), contrast_ratio(light, dark_soft_accent(accent))),
        Measured(_("dunkle Schrift auf dem hellen Ton"), contrast_ratio(DARK_TEXT, light)),
    ]


def lowest_contrast(accent: str) -> float:
    """Of the grounds that the accent stands on, the one where it is read worst."""
    return min(contrast_ratio(accent, ground) for ground in (WHITE, PAGE, soft_accent(accent)))


def darker_until_readable(accent: str) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*to_rgb(accent))
    while lightness > 0:
        lightness = max(lightness - 0.005, 0)
        colour = to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))
        if lowest_contrast(colour) >= TEXT:
            return colour
    return "#000000"


def soft_accent(accent: str) -> str:
    """A ground with a breath of the accent: a tenth of it in white."""
    return mixed(accent, WHITE, SOFT_SHARE)


def mid_accent(accent: str) -> str:
    """For what is drawn and not read: grounds of maps, lines."""
    return mixed(accent, WHITE, MID_SHARE)


def deep_accent(accent: str) -> str:
    """A ground darker than the strong accent, for white text."""
    return mixed(strong_accent(accent), "#000000", 0.75)


def dark_mid_accent(accent: str) -> str:
    """The middle tone of the dark scheme, from the light accent: a dark one would be lost on dark ground."""
    return mixed(light_accent(accent), DARK_SURFACE, DARK_MID_SHARE)


def dark_soft_accent(accent: str) -> str:
    """The soft accent of the dark scheme: of a very dark accent a lighter tone, which can be told from the surface."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*to_rgb(accent))
    soft = mixed(accent, DARK_SURFACE, DARK_SOFT_SHARE)
    while luminance(soft) < luminance(DARK_SURFACE) or contrast_ratio(soft, DARK_SURFACE) < DARK_SOFT_APART:
        lightness += 0.01
        soft = mixed(to_hex(colorsys.hls_to_rgb(hue, lightness, saturation)), DARK_SURFACE, DARK_SOFT_SHARE)
    return soft


def light_accent(accent: str, least: float = TEXT) -> str:
    """The same hue, light enough for text on every ground of the dark scheme (``least``: contrast)."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*to_rgb(accent))
    # Pale on dark grounds: full colours glare there.
    saturation = min(saturation, 0.6)
    grounds = (DARK_SURFACE, dark_soft_accent(accent))
    colour = to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    while min(contrast_ratio(colour, ground) for ground in grounds) < least:
        lightness += 0.005
        colour = to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def mixed(colour: str, ground: str, share: float) -> str:
    """``share`` of the colour in the ground."""
    return to_hex(tuple(a * share + b * (1 - share) for a, b in zip(to_rgb(colour), to_rgb(ground), strict=True)))


def strong_accent(accent: str) -> str:
    """The same hue, dark enough for long text on the soft accent."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*to_rgb(accent))
    soft = soft_accent(accent)
    lightness *= 0.65
    colour = to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    while contrast_ratio(colour, soft) < ENHANCED and lightness > 0:
        lightness = max(lightness - 0.01, 0)
        colour = to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def contrast_ratio(first: str, second: str) -> float:
    """1 (the same) to 21 (black and white)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def normalised(colour: str) -> str:
    """`#ABC` -> `#aabbcc`; ValueError for what is no colour."""
    colour = colour.strip().lower()
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is no hexadecimal colour")
    if len(colour) == 4:
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    return colour


def to_rgb(colour: str) -> Rgb:
    colour = normalised(colour)
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def to_hex(rgb: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)

"""Messages as mail programs and servers write them, with the places filled in that differ from test to test."""

from __future__ import annotations

from pathlib import Path

MESSAGES = Path(__file__).parent / "messages"


def stored(name: str, *, to: str = "", sender: str = "", bounced: str = "") -> bytes:
    """``bounced``: ``Message-ID`` of the mail of ours that comes back."""
    raw = (MESSAGES / f"{name}.eml").read_bytes()
    for place, value in (("@@TO@@", to), ("@@FROM@@", sender), ("@@BOUNCED@@", bounced)):
        raw = raw.replace(place.encode(), value.encode())
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def names() -> set[str]:
    return {path.stem for path in MESSAGES.iterdir()}

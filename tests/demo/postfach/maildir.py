"""Mails as the sink stores them."""

import os
from email.message import EmailMessage
from pathlib import Path


def put(folder: Path, name: str, *, second: int = 0, to: str = "neu@example.org", raw: bytes = b"") -> None:
    """Lays one mail into the Maildir, received at the given second."""
    message = EmailMessage()
    message["From"] = "Netz Niedersachsen <netz@example.org>"
    message["To"] = to
    message["Subject"] = f"Bestätigung für {name}"
    message.set_content("Grüße\n\nhttp://niedersachsen.localhost:8000/konto/x:y/.\n")
    message.add_alternative("<p>Grüße<script>alert(1)</script></p>", subtype="html")
    (folder / "new").mkdir(exist_ok=True)
    file = folder / "new" / name
    file.write_bytes(raw or b"X-Envelope-To: " + to.encode() + b", still@example.org\n" + bytes(message))
    os.utime(file, (second, second))

"""The environment, typed. A missing or wrong variable ends the start with a sentence that names it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, IPvAnyNetwork, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

HINTS = {
    "DATABASE_URL": "postgresql://app:geheim@server/datenbank, Zugang der Anwendung",
    "DATABASE_OWNER_URL": "Zugang des Eigentümers der Tabellen, nur für migrate und load_*",
    "REDIS_URL": "redis://server:6379/0",
    "SECRET_KEY": "mindestens 40 zufällige Zeichen",
    "EMAIL_URL": "smtp://nutzer:geheim@server:587/?ssl=True",
    "BASE_DOMAIN": "Domain der Plattform, zum Beispiel netze.example.org",
    "TRUSTED_PROXIES": "Adressen oder Netze der Proxys, mit Komma getrennt, zum Beispiel 10.0.0.5, 192.168.0.0/16",
    "MEDIA_ROOT": "Ordner für hochgeladene Dateien",
}


def _listed(value: str | list[str]) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value
    return [part.strip() for part in parts if part.strip()]


class Environment(BaseSettings):
    """All variables that the platform reads; names in capitals, see platform/docs/operations.md."""

    model_config = SettingsConfigDict(extra="ignore")

    profile: Literal["production", "demo", "test"] = "production"
    database_url: str
    database_owner_url: str = ""
    database_role: Literal["app", "owner"] = "app"
    redis_url: str
    secret_key: str = Field(min_length=40)
    email_url: str
    mail_domain: str = ""
    base_domain: str
    public_scheme: Literal["http", "https"] = "https"
    port: int = 0
    trusted_proxies: Annotated[list[IPvAnyNetwork], NoDecode, BeforeValidator(_listed)] = []
    media_root: Path
    mailbox_dir: Path | None = None


def read_environment() -> Environment:
    """The environment of this process. Exits with a German sentence for each wrong variable."""
    try:
        return Environment()  # type: ignore[call-arg]
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0]).upper()
            what = "fehlt" if problem["type"] == "missing" else f"ist falsch ({problem['msg']})"
            hint = f" Erwartet: {HINTS[name]}." if name in HINTS else ""
            print(f"Die Umgebungsvariable {name} {what}.{hint}", file=sys.stderr)  # noqa: T201 - logging is not set up yet
        raise SystemExit(2) from None

"""The environment, typed. A missing or wrong variable ends the start with a sentence that names it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, IPvAnyNetwork, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

HINTS = {
    "PROFILE": "production, demo oder test",
    "DATABASE_ROLE": "app oder owner",
    "PUBLIC_SCHEME": "http oder https",
    "PORT": "eine Zahl",
    "MAIL_DOMAIN": "Domain der Absender, zum Beispiel netze.example.org",
    "MAIL_DOMAIN_RATES": "Mails in Sekunden je Domain der Empfänger, zum Beispiel gmx.de=30/60, web.de=100/60",
    "MAILBOX_DIR": "Ordner der E-Mails in der Demo",
    "DATABASE_URL": "postgresql://app:geheim@server/datenbank, Zugang der Anwendung",
    "DATABASE_OWNER_URL": "Zugang des Eigentümers der Tabellen, nur für migrate und load_*",
    "DATABASE_OPS_URL": "Zugang, der alle Netze liest und nichts schreibt; Rolle wie in DATABASE_URL mit _ops am Ende",
    "DATABASE_CONNECTIONS": "eine Zahl ab 3, Verbindungen eines Webprozesses zur Datenbank",
    "REDIS_URL": "redis://server:6379/0",
    "ELASTICSEARCH_URL": "https://nutzer:geheim@server:9200, oder leer für die Suche in PostgreSQL",
    "ELASTICSEARCH_CA_FILE": "eine Datei mit dem Zertifikat, das den Suchserver ausweist",
    "SEARCH_FLAVOUR": "elasticsearch oder opensearch",
    "SEARCH_INDEX_PREFIX": "Kleinbuchstaben und Ziffern, womit die Namen der Indizes auf dem Suchserver beginnen",
    "SECRET_KEY": "mindestens 50 zufällige Zeichen",
    "SECRET_KEY_FALLBACKS": "frühere SECRET_KEYs, mit Komma oder Leerzeichen getrennt",
    "EMAIL_URL": "smtp://nutzer:geheim@server:587/?tls=True",
    "BASE_DOMAIN": "Domain der Plattform, zum Beispiel netze.example.org",
    "TRUSTED_PROXIES": "Adressen oder Netze der Proxys, mit Komma getrennt, zum Beispiel 10.0.0.5, 192.168.0.0/16",
    "READYZ_TOKEN": "mindestens 20 zufällige Zeichen, oder leer",
    "MEDIA_ROOT": "Ordner für hochgeladene Dateien",
}


def _url(*schemes: str) -> AfterValidator:
    """An address with one of the schemes and with a host (a path does for sockets of Unix)."""

    def check(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or not (parts.hostname or parts.path):
            raise ValueError
        return value

    return AfterValidator(check)


def _with_port(value: str) -> str:
    """The client of the search server guesses none for http."""
    parts = urlsplit(value)
    if parts.port is None and parts.scheme == "http":
        raise ValueError
    return value


PostgresUrl = Annotated[str, _url("postgresql", "postgres")]
RedisUrl = Annotated[str, _url("redis", "rediss", "unix")]
SearchUrl = Annotated[str, _url("http", "https"), AfterValidator(_with_port)]
MailUrl = Annotated[str, _url("smtp", "smtps", "submission", "submit")]
SecretKey = Annotated[str, Field(min_length=50)]
HostName = Annotated[str, Field(pattern=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")]


def _filled(value: str | Path) -> str | Path:
    if not str(value).strip():
        raise ValueError
    return value


def _present_file(value: Path) -> Path:
    if not value.is_file():
        raise ValueError
    return value


def _listed(value: str | list[str]) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value
    return [part.strip() for part in parts if part.strip()]


def _keys(value: str | list[str]) -> list[str]:
    return value.replace(",", " ").split() if isinstance(value, str) else value


@dataclass(frozen=True)
class MailRate:
    """At most so many mails in so many seconds."""

    count: int
    seconds: int


RATE = re.compile(r"([a-z0-9][a-z0-9.-]*)\s*=\s*([1-9]\d{0,5})\s*/\s*([1-9]\d{0,4})")


def _rates(value: str | dict[str, MailRate]) -> dict[str, MailRate]:
    if not isinstance(value, str):
        return value
    found = [RATE.fullmatch(part.lower()) for part in _listed(value)]
    return {rate[1]: MailRate(int(rate[2]), int(rate[3])) for rate in map(_present, found)}


def _present(match: re.Match[str] | None) -> re.Match[str]:
    if match is None:
        raise ValueError
    return match


class Environment(BaseSettings):
    """All variables that the platform reads; names in capitals, see platform/docs/operations.md."""

    model_config = SettingsConfigDict(extra="ignore")

    profile: Literal["production", "demo", "test"] = "production"
    database_url: PostgresUrl
    database_owner_url: PostgresUrl | Literal[""] = ""
    database_ops_url: PostgresUrl | Literal[""] = ""
    database_role: Literal["app", "owner"] = "app"
    database_connections: Annotated[int, Field(ge=3)] = 20
    redis_url: RedisUrl
    elasticsearch_url: SearchUrl | Literal[""] = ""
    elasticsearch_ca_file: Annotated[Path, AfterValidator(_present_file)] | Literal[""] = ""
    search_flavour: Literal["elasticsearch", "opensearch", ""] = "elasticsearch"
    search_index_prefix: Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{0,39}$")] = "transfernetz"
    secret_key: SecretKey
    secret_key_fallbacks: Annotated[list[SecretKey], NoDecode, BeforeValidator(_keys)] = []
    email_url: MailUrl
    mail_domain: str = ""
    mail_domain_rates: Annotated[dict[str, MailRate], NoDecode, BeforeValidator(_rates)] = {}
    base_domain: HostName
    public_scheme: Literal["http", "https"] = "https"
    port: int = 0
    trusted_proxies: Annotated[list[IPvAnyNetwork], NoDecode, BeforeValidator(_listed)] = []
    readyz_token: Annotated[str, Field(pattern=r"^([!-~]{20,})?$")] = ""
    media_root: Annotated[Path, BeforeValidator(_filled)]
    mailbox_dir: Path | None = None


def read_environment() -> Environment:
    """The environment of this process. Exits with a German sentence for each wrong variable."""
    try:
        return Environment()  # type: ignore[call-arg]
    except ValidationError as error:
        wrong = {str(problem["loc"][0]).upper(): problem["type"] == "missing" for problem in error.errors()}
        for name, is_missing in wrong.items():
            # Never the value: it may be a password.
            what = "fehlt" if is_missing else "ist falsch"
            print(f"Die Umgebungsvariable {name} {what}. Erwartet: {HINTS[name]}.", file=sys.stderr)  # noqa: T201 - logging is not set up yet
        raise SystemExit(2) from None

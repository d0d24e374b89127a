"""What `/readyz` finds and who reads it: kept for a moment, as anybody may ask; mail is asked as when it is sent."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.test import Client

from dkbm.config import health
from dkbm.config.health import readiness
from dkbm.launcher.ports import free_port
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import Role
from dkbm.tenancy.hosts import platform
from tests.config.web_process import WITH_TOKEN
from tests.factories.people import make_person


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    readiness.forget()
    yield
    readiness.forget()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Key and certificate of 127.0.0.1 in one file, trusted by this process."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(encoding))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


@pytest.mark.parametrize("way", ["ssl", "tls", "plain"])
def test_mail_server_is_asked_as_when_mails_are_sent(db: None, certificate: Path, settings: Any, way: str) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    options: dict[str, Any] = {
        "ssl": {"ssl_context": context},
        "tls": {"tls_context": context, "require_starttls": True},
        "plain": {},
    }[way]
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port(), **options)
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = way == "ssl", way == "tls"
    try:
        assert Client(headers=WITH_TOKEN).get("/readyz").json()["mail"] == {"state": "up"}
    finally:
        server.stop()


def test_who_asks_again_gets_what_was_found(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_HOST = ""
    looked = []
    look = health._look
    monkeypatch.setattr(health, "_look", lambda: looked.append(1) or look())
    answers = [Client(headers=WITH_TOKEN).get("/readyz").json() for _time in range(3)]
    assert (len(looked), answers[0]["ready"], answers[1:]) == (1, True, [answers[0]] * 2)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer falsch"},
        {"Authorization": WITH_TOKEN["Authorization"].removeprefix("Bearer ")},
        {"Authorization": "Bearer ä"},
        {"Cookie": "sitzung=erfunden"},
    ],
)
def test_stranger_reads_whether_it_is_ready_and_nothing_else(db: None, settings: Any, headers: dict[str, str]) -> None:
    settings.EMAIL_HOST = ""
    answer = Client(headers=headers).get("/readyz")
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (200, {"ready": True}, "no-store")


def test_without_a_token_of_its_own_the_platform_believes_none(db: None, settings: Any) -> None:
    settings.EMAIL_HOST = settings.READYZ_TOKEN = ""
    assert Client(headers={"Authorization": "Bearer "}).get("/readyz").json() == {"ready": True}


def test_operator_reads_the_details_and_a_manager_does_not(
    niedersachsen: BoundNetwork, client_of: Any, settings: Any
) -> None:
    settings.EMAIL_HOST = ""
    with bind(platform()):
        operator = client_of(platform(), make_person("Olga Betrieb", roles=(Role.OPERATOR,)))
    with bind(niedersachsen):
        manager = client_of(niedersachsen, make_person("Lena Leitung", roles=(Role.MANAGER,)))
    assert operator.get("/readyz").json()["database"]["state"] == "up"
    assert manager.get("/readyz").json() == {"ready": True}
    settings.REQUIRE_SECOND_FACTOR = True
    assert operator.get("/readyz").json() == {"ready": True}


def test_stranger_and_operator_get_the_same_look(db: None, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert list(Client().get("/readyz").json()) == ["ready"]
    details = Client(headers=WITH_TOKEN).get("/readyz").json()
    assert set(details) == {"ready", "database", "redis", "worker", "mail", "search"}
    assert details["search"] == {"state": "up", "engine": "postgres"}


def test_search_server_that_is_away_makes_nothing_unready(db: None, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", "http://127.0.0.1:9"
    answer = Client(headers=WITH_TOKEN).get("/readyz")
    assert (answer.status_code, answer.json()["search"]) == (200, {"state": "down", "error": "ServerAway"})

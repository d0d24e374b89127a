"""What `/readyz` finds: kept for a moment, because anybody may ask; the mail server is asked as when mails are sent."""

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
        assert Client().get("/readyz").json()["mail"] == {"state": "up"}
    finally:
        server.stop()


def test_who_asks_again_gets_what_was_found(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_HOST = ""
    looked = []
    look = health._look
    monkeypatch.setattr(health, "_look", lambda: looked.append(1) or look())
    answers = [Client().get("/readyz").json() for _time in range(3)]
    assert (len(looked), answers[0]["ready"], answers[1:]) == (1, True, [answers[0]] * 2)

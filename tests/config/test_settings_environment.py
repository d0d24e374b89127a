"""A wrong variable ends the start with a sentence that names it."""

from __future__ import annotations

import pytest

from dkbm.config.settings.environment import HINTS, Environment, MailRate, read_environment


@pytest.mark.parametrize(
    ("name", "value", "beginning", "hint"),
    [
        ("SECRET_KEY", "x" * 49, "SECRET_KEY ist falsch", "mindestens 50 zufällige Zeichen"),
        ("SECRET_KEY_FALLBACKS", f"{'x' * 50},{'y' * 49}", "SECRET_KEY_FALLBACKS ist falsch", "frühere SECRET_KEYs"),
        ("PROFILE", "quatsch", "PROFILE ist falsch", "production, demo oder test"),
        ("DATABASE_URL", "quatsch", "DATABASE_URL ist falsch", "postgresql://"),
        ("DATABASE_URL", "", "DATABASE_URL ist falsch", "postgresql://"),
        ("DATABASE_URL", "mysql://a@b/c", "DATABASE_URL ist falsch", "postgresql://"),
        ("DATABASE_OWNER_URL", "quatsch", "DATABASE_OWNER_URL ist falsch", "Zugang des Eigentümers"),
        ("DATABASE_CONNECTIONS", "1", "DATABASE_CONNECTIONS ist falsch", "eine Zahl ab 3"),
        ("REDIS_URL", "quatsch", "REDIS_URL ist falsch", "redis://"),
        ("ELASTICSEARCH_URL", "quatsch", "ELASTICSEARCH_URL ist falsch", "https://nutzer:geheim@server:9200"),
        ("ELASTICSEARCH_URL", "http://server", "ELASTICSEARCH_URL ist falsch", "https://nutzer:geheim@server:9200"),
        (
            "ELASTICSEARCH_CA_FILE",
            "/gibt/es/nicht",
            "ELASTICSEARCH_CA_FILE ist falsch",
            "eine Datei mit dem Zertifikat",
        ),
        ("SEARCH_FLAVOUR", "solr", "SEARCH_FLAVOUR ist falsch", "elasticsearch oder opensearch"),
        ("SEARCH_INDEX_PREFIX", "Netz-1", "SEARCH_INDEX_PREFIX ist falsch", "Kleinbuchstaben und Ziffern"),
        ("EMAIL_URL", "", "EMAIL_URL ist falsch", "smtp://"),
        ("BASE_DOMAIN", "http://foo/", "BASE_DOMAIN ist falsch", "Domain der Plattform"),
        ("BASE_DOMAIN", "", "BASE_DOMAIN ist falsch", "Domain der Plattform"),
        ("MEDIA_ROOT", "", "MEDIA_ROOT ist falsch", "Ordner für hochgeladene Dateien"),
        ("PORT", "abc", "PORT ist falsch", "eine Zahl"),
        ("TRUSTED_PROXIES", "*", "TRUSTED_PROXIES ist falsch", "Adressen oder Netze der Proxys"),
        ("TRUSTED_PROXIES", "ja", "TRUSTED_PROXIES ist falsch", "Adressen oder Netze der Proxys"),
    ],
)
def test_wrong_variable_is_named_with_what_is_expected(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    beginning: str,
    hint: str,
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as end:
        read_environment()
    assert end.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Die Umgebungsvariable {beginning}")
    assert f"Erwartet: {hint}" in line


def test_proxies_are_read_as_a_list_of_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.5, 192.168.0.0/16,2001:db8::1")
    proxies = [str(proxy) for proxy in read_environment().trusted_proxies]
    assert proxies == ["10.0.0.5/32", "192.168.0.0/16", "2001:db8::1/128"]
    monkeypatch.setenv("TRUSTED_PROXIES", "")
    assert read_environment().trusted_proxies == []


def test_keys_of_before_are_read_as_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = "x" * 50, "y#$%^&*(-_=+)" * 4, "z" * 60
    monkeypatch.setenv("SECRET_KEY_FALLBACKS", f" {first},{second}\n {third} ")
    assert read_environment().secret_key_fallbacks == [first, second, third]
    monkeypatch.setenv("SECRET_KEY_FALLBACKS", "")
    assert read_environment().secret_key_fallbacks == []


@pytest.mark.parametrize("url", ["", "https://suche.example", "http://nutzer:ge%2Fheim@127.0.0.1:9200/pfad"])
def test_address_of_a_search_server_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", url)
    assert read_environment().elasticsearch_url == url


def test_rates_of_domains_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_DOMAIN_RATES", "GMX.de=30/60, web.de = 100 / 3600")
    assert read_environment().mail_domain_rates == {"gmx.de": MailRate(30, 60), "web.de": MailRate(100, 3600)}
    monkeypatch.setenv("MAIL_DOMAIN_RATES", "")
    assert read_environment().mail_domain_rates == {}


@pytest.mark.parametrize("rates", ["gmx.de", "gmx.de=30", "gmx.de=0/60", "gmx.de=30/0", "gmx.de=30/60 web.de=1/1"])
def test_wrong_rate_ends_the_start(
    rates: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAIL_DOMAIN_RATES", rates)
    with pytest.raises(SystemExit):
        read_environment()
    assert "MAIL_DOMAIN_RATES ist falsch" in capsys.readouterr().err


def test_every_variable_has_its_hint() -> None:
    assert {name.upper() for name in Environment.model_fields} == set(HINTS)

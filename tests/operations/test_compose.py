"""`docker-compose.yml` beside what it starts: the specification, the settings, the commands, the lock."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec

import pytest
from celery.bin.celery import celery as celery_commands
from django.core.management import get_commands, load_command_class

from dkbm.config.celery import app as celery_app
from dkbm.config.settings.environment import Environment
from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.postgres import binaries
from dkbm.launcher.run import web_command
from tests.operations.compose import EXAMPLE, FILE, USE, example, filled, ours, services

DOCKERFILE = ROOT / "platform" / "docker" / "Dockerfile"
OWN = {
    "DATABASE_ROLE": "manage.py chooses it by the command",
    "PORT": "of the running copy; here it stands in the command",
    "MAILBOX_DIR": "of the demo",
    "ELASTICSEARCH_CA_FILE": "the search server stands in the same network and speaks http",
    "SEARCH_INDEX_PREFIX": "the search server is this installation's alone",
}
"""Settings that the file leaves out, and why."""
SECRETS = {
    **dict.fromkeys(["POSTGRES_PASSWORD", "REDIS_PASSWORD", "SEARCH_PASSWORD"], "geheim"),
    **{f"DATABASE_{role}_PASSWORD": f"geheim{role}" for role in ("APP", "OPS", "OWNER")},
    "SECRET_KEY": "x" * 50,
    "BASE_DOMAIN": "netze.example.org",
    "EMAIL_URL": "smtp://mail.example.org:587/?tls=True",
}
"""What an operator has to fill in."""
ONCE = {"roles", "migrate"}
OWNERS = {"roles", "migrate", "founder"}


def values() -> dict[str, str]:
    return {name: value for name, (value, _sentence) in example().items() if value} | SECRETS


def environment_of(name: str) -> dict[str, str]:
    return {key: filled(str(value), values()) for key, value in services()[name]["environment"].items()}


def command_of(name: str) -> list[str]:
    return [filled(part, values()) for part in services()[name]["command"]]


def test_it_is_what_the_specification_says() -> None:
    check = (sys.executable, "-W", "ignore", "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec")
    run = subprocess.run((*check, str(FILE)), capture_output=True, text=True)
    assert (run.stdout, run.returncode) == ("ok -- validation done\n", 0), run.stderr


def test_parts_of_the_product_are_there() -> None:
    assert set(services()) == {
        *["web", "worker", "beat", "founder", "mail", "roles", "migrate", "postgres", "redis", "search"]
    }
    assert {name for name, each in services().items() if "profiles" in each} == {"mail", "search"}


@pytest.mark.parametrize("name", sorted(ours()))
def test_what_it_sets_the_settings_know_and_the_other_way_round(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {field.upper() for field in Environment.model_fields}
    found = environment_of(name)
    extra = {"roles": {"DATABASE_ADMIN_URL", "DATABASE_OWNER_URL"}}.get(name, set())
    extra |= {"DATABASE_OWNER_URL"} if name in OWNERS else set()
    assert set(found) == (known - set(OWN) - {"DATABASE_OWNER_URL"}) | extra
    for each in known:
        monkeypatch.delenv(each, raising=False)
    for key, value in found.items():
        monkeypatch.setenv(key, value)
    read = Environment()  # type: ignore[call-arg]
    assert (read.profile, read.base_domain) == ("production", "netze.example.org")
    assert bool(read.database_owner_url) == (name in OWNERS)


def test_what_it_leaves_out_are_settings() -> None:
    assert set(OWN) <= {field.upper() for field in Environment.model_fields}


def test_example_names_each_variable_with_a_sentence() -> None:
    text = FILE.read_text(encoding="utf-8")
    used = {use[0] for use in USE.findall(text)}
    # Compose itself reads this one.
    assert set(example()) == used | {"COMPOSE_PROFILES"}
    without = {
        name for name, (_value, sentence) in example().items() if not re.match(r"[A-Z].*[.:/a-z0-9=]$", sentence)
    }
    assert without == set()
    usual = {name: value for name, mark, value in USE.findall(text) if mark == ":-"}
    assert {name: example()[name][0] for name in usual} == usual
    must = {name for name, mark, _value in USE.findall(text) if mark == ":?"}
    assert {name for name in must if example()[name][0]} == set()
    assert must == set(SECRETS) - {"SEARCH_PASSWORD"}


def test_no_secret_stands_in_a_file() -> None:
    named = re.compile(r"PASSWORD|SECRET|TOKEN|REDISCLI_AUTH")
    for each in services().values():
        for key, value in each["environment"].items():
            if named.search(key):
                assert USE.fullmatch(value), key
            # An address names a login and takes its password from elsewhere.
            for login in re.findall(r"//([^@/]*)@", str(value)):
                assert USE.search(login), key
    assert {name: value for name, (value, _s) in example().items() if named.search(name) and value} == {}
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ".env" in ignored
    assert ".env" in (ROOT / ".gitignore").read_text().split()
    assert EXAMPLE.name not in ignored


@pytest.mark.parametrize("name", sorted(set(ours()) - {"web"}))
def test_commands_are_there(name: str) -> None:
    program, *rest = command_of(name)
    if program == "celery":
        where, verb, options = rest[1], rest[2], rest[3:]
        assert import_module(where).app is celery_app
        known = {option for param in celery_commands.commands[verb].params for option in param.opts}
        assert {option.partition("=")[0] for option in options} <= known
    elif rest[0] == "-m":
        assert find_spec(rest[1])
    else:
        assert (ROOT / rest[0]).is_file()
        command = load_command_class(get_commands()[rest[1]], rest[1])
        command.create_parser("manage.py", rest[1]).parse_args(rest[2:])


def pairs(command: list[str]) -> dict[str, str]:
    """Options of uvicorn: ``--ws X`` and ``--ws=X`` are the same."""
    words = " ".join(command).replace("=", " ").split(" --")[1:]
    return {word.partition(" ")[0]: word.partition(" ")[2] for word in words}


def test_web_is_started_as_everywhere() -> None:
    launched = pairs(list(web_command(8000)))
    there = command_of("web")
    assert there[:2] == ["uvicorn", "dkbm.config.asgi:application"]
    assert pairs(there) == {**launched, "host": "0.0.0.0"}
    image = DOCKERFILE.read_text(encoding="utf-8").partition("\nCMD [")[2].partition("]")[0]
    assert re.findall(r'"([^"]+)"', image) == " ".join(there).replace("=", " ").split(" ")


@pytest.mark.parametrize("name", sorted(services()))
def test_parts_are_pinned_watched_and_no_root(name: str) -> None:
    each = services()[name]
    tag = filled(each["image"], values()).partition(":")[2]
    assert re.fullmatch(r"\d+\.\d+(\.\d+)?", tag)
    assert ("healthcheck" in each) == (name not in {*ONCE, "founder"})
    assert each["restart"] == ("no" if name in ONCE else "unless-stopped")
    if name in ours():
        assert (each["user"], each["read_only"], each["cap_drop"]) == ("10001", True, ["ALL"])
    for port in each.get("ports", ()):
        assert port.startswith("127.0.0.1:")
    for volume in each.get("volumes", ()):
        assert volume.partition(":")[0] in {"media", "database", "search"}
    for other, when in each.get("depends_on", {}).items():
        condition = when["condition"]
        assert (condition == "service_completed_successfully") == (other in ONCE)
        assert condition != "service_healthy" or "healthcheck" in services()[other]


def locked(package: str) -> tuple[int, int] | None:
    found = re.search(rf"^{package}==(\d+)\.(\d+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    return (int(found[1]), int(found[2])) if found else None


def tag_of(name: str) -> tuple[int, int]:
    major, minor = services()[name]["image"].partition(":")[2].split(".")[:2]
    return int(major), int(minor)


def test_versions_are_those_that_the_code_knows(postgres_version: tuple[int, int]) -> None:
    assert tag_of("postgres") == postgres_version
    # The client takes what it may need from Redis 6.2 on; the embedded one is that old.
    assert (6, 2) <= tag_of("redis") < (9, 0)
    client = locked("elasticsearch")
    assert tag_of("search")[0] == 8
    # A server may be newer than its client, but not older.
    assert client is None or tag_of("search") >= client
    python = re.search(r"^ARG PYTHON=(\d+)\.(\d+)\.\d+-slim-\w+$", DOCKERFILE.read_text(), re.MULTILINE)
    assert python
    project = (ROOT / "pyproject.toml").read_text()
    least, below = re.findall(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', project)[0]
    assert int(least) <= int(python[2]) < int(below)
    version = re.search(r'^version = "([^"]+)"', project, re.MULTILINE)
    assert version
    assert example()["VERSION"][0] == version[1]


@pytest.fixture
def postgres_version() -> tuple[int, int]:
    """Of the embedded server, which the suite runs on."""
    said = subprocess.run((str(binaries() / "postgres"), "--version"), capture_output=True, text=True).stdout
    found = re.search(r"(\d+)\.(\d+)", said)
    assert found
    return int(found[1]), int(found[2])

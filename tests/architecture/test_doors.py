"""Only the doors bind a network; everything else runs in what they bound."""

from __future__ import annotations

import ast

from tests.architecture.source import calls, python_files, relative

DOORS = {
    "platform/dkbm/tenancy/commands.py": "management commands",
    "platform/dkbm/tenancy/context.py": "bind_all is a bind",
    "platform/dkbm/tenancy/hosts.py": "host to network, sweeps over all networks",
    "platform/dkbm/tenancy/middleware.py": "HTTP",
    "platform/dkbm/tenancy/operation.py": "operators: numbers of all networks, and entering one of them",
    "platform/dkbm/tenancy/people.py": "whose account a mail address is, and in which networks a person is",
    "platform/dkbm/tenancy/sockets.py": "sockets",
    "platform/dkbm/tenancy/tasks.py": "Celery",
    "platform/dkbm/inbound/door.py": "mails that come in",
    "platform/dkbm/cms/domain/networks.py": "founding a network, and the front door's list",
    "platform/dkbm/config/health.py": "readiness looks at the migrations",
}


def test_only_doors_bind() -> None:
    found = {
        relative(path)
        for path in python_files()
        if any(isinstance(call.func, ast.Name) and call.func.id in {"bind", "bind_all"} for call in calls(path))
    }
    assert found <= set(DOORS)


def test_owner_rights_are_used_by_commands_alone() -> None:
    found = {
        relative(path)
        for path in python_files()
        if any(keyword.arg == "as_owner" for call in calls(path) for keyword in call.keywords)
    }
    assert found == {
        "platform/dkbm/cms/domain/networks.py",
        "platform/dkbm/tenancy/commands.py",
        "platform/dkbm/tenancy/context.py",
    }

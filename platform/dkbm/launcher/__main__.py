"""`python -m dkbm.launcher run | test | test-long | test-leaks | check | services`, for the bootstrap and the tests."""

from __future__ import annotations

import os
import sys

from dkbm.launcher import checks, run, services
from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.errors import LauncherError

COMMANDS = {
    "run": run.run,
    "test": checks.test,
    "test-long": checks.test_long,
    "test-leaks": checks.test_leaks,
    "check": checks.check,
    "services": services.serve_tests,
}


def main() -> int:
    """Returns the exit code: 0 also for a copy that was told to end, which is how every copy ends."""
    command = COMMANDS.get(" ".join(sys.argv[1:]))
    if command is None:
        print(f"Aufruf: python -m dkbm.launcher {' | '.join(COMMANDS)}", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    try:
        return command()
    except LauncherError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

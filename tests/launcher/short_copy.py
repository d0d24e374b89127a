"""`make run` whose steps and programs are short scripts: `python short_copy.py [broken step | broken web]`.

What they write is what the real ones write: JSON lines, plain lines, and a traceback where something is broken.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from dkbm.launcher import __main__, run, services, supervisor
from dkbm.launcher.data_dir import DataDir
from dkbm.launcher.supervisor import Program, Supervisor

BROKEN = " ".join(sys.argv[1:])
SPEAK = """
import json, sys
print(json.dumps({"asctime": "2026-10-01T08:00:00+0200", "levelname": "INFO", "message": "Grüße"}), flush=True)
print("eine Zeile ohne JSON", flush=True)
"""
FAIL = """
raise ValueError("kein Platz")
"""
SERVE = """
import http.server
class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        if self.path == "/fehler":
            error = {"levelname": "ERROR", "message": "Internal Server Error: /fehler"}
            error["exc_info"] = "Traceback (most recent call last):\\n  File\\nKeyError: 7"
            print(json.dumps(error), flush=True)
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Healthy).serve_forever()
"""
WAIT = """
import time
time.sleep(600)
"""


async def start_services(supervisor: Supervisor, data_dir: DataDir, *, durable: bool) -> dict[str, str]:
    data_dir.postgres.mkdir(exist_ok=True)
    return {}


async def nothing(*_: object) -> None:
    return


def step(arguments: tuple[str, ...], settings: Mapping[str, str], *, quiet: bool = False) -> Program:
    name = arguments[0]
    code = SPEAK + (FAIL if BROKEN == "broken step" and name == "migrate" else "")
    return Program(name, (sys.executable, "-c", code), os.environ, quiet=quiet)


def programs(
    settings: Mapping[str, str], data_dir: DataDir, port: int, owner: Mapping[str, str]
) -> tuple[Program, ...]:
    web = SPEAK + (FAIL if BROKEN == "broken web" else SERVE)
    return (
        Program("web", (sys.executable, "-c", web, str(port)), os.environ, restart_seconds=0.01),
        Program("worker", (sys.executable, "-c", SPEAK + WAIT), os.environ, essential=False),
    )


def main() -> int:
    services.start = start_services
    supervisor.MOST_FAILURES = 3
    run._build_front_end = run._collect_static_files = nothing
    run._manage, run.programs = step, programs
    run.CODE = (Path(__file__),)
    sys.argv[1:] = ["run"]
    return __main__.main()


if __name__ == "__main__":
    sys.exit(main())

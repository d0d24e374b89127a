"""A launcher of two programs for the tests of the supervisor: `python supervised.py DATA_DIR`.

One program ends when asked; the other does not listen and has a child of its own. Each says "bereit".
"""

import asyncio
import os
import sys

from dkbm.launcher.leftovers import MARK
from dkbm.launcher.output import Output
from dkbm.launcher.supervisor import Program, Supervisor

OBEDIENT = "import time; print('bereit', flush=True); time.sleep(600)"
STUBBORN = """
import signal, subprocess, sys, time
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; print('bereit', flush=True); time.sleep(600)"])
time.sleep(600)
"""


async def main(data_dir: str) -> None:
    environment = {**os.environ, MARK: data_dir}
    async with Supervisor(Output()) as supervisor:

        async def work() -> None:
            for name, code in (("folgsam", OBEDIENT), ("stur", STUBBORN)):
                supervisor.keep(Program(name, (sys.executable, "-c", code), environment, stop_seconds=1))

        await supervisor.until_stopped(work())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))

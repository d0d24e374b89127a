"""Becomes another program that ends when its parent does: `python -I -S guard.py SIGNAL PARENT UID COMMAND
...`.

SIGNAL is what the kernel sends the program when the launcher dies, even by SIGKILL. PARENT is the launcher's
process id: had it died before the kernel was told, the program would never hear of it. UID is the user to
become, or `-`. A program of its own and not a `preexec_fn`, because changing the user or entering a user
namespace (`unshare` runs before this file does) may make the kernel forget the request. Standard library
only; starts in about 20 ms.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    number, parent, user, *command = sys.argv[1:]
    if user != "-":
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(number))
    if os.getppid() != int(parent):
        sys.exit("Der Starter läuft nicht mehr.")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()

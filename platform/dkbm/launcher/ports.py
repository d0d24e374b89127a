"""TCP ports on this machine."""

from __future__ import annotations

import errno
import random
import socket

from dkbm.launcher.errors import LauncherError

# Below the range from which Linux takes ports for outgoing connections: none of those can take a chosen one.
CANDIDATES = range(20_000, 32_000)


def free_port() -> int:
    """A port of localhost that nothing listens on; by chance, so that two launchers differ."""
    while True:
        port = random.choice(CANDIDATES)  # noqa: S311 - not a secret
        if is_free(port):
            return port


def is_free(port: int) -> bool:
    """Whether localhost's port is free, in IPv4 and IPv6: browsers may ask either for `localhost`."""
    return all(_can_bind(family, port) for family in (socket.AF_INET, socket.AF_INET6))


def web_port(value: str) -> int:
    """PORT as a number. Raises LauncherError when it is none or is taken."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise LauncherError(f"PORT muss eine Zahl von 1 bis 65535 sein, nicht „{value}“.")
    port = int(value)
    if not is_free(port):
        raise LauncherError(
            f"Port {port} ist schon belegt. Wählen Sie einen anderen, zum Beispiel: make run PORT={port + 1}"
        )
    return port


def _can_bind(family: socket.AddressFamily, port: int) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            probe.bind(("127.0.0.1" if family == socket.AF_INET else "::1", port))
    except OSError as error:
        # A machine without IPv6 has nothing there that could be in the way.
        return error.errno not in (errno.EADDRINUSE, errno.EACCES)
    return True

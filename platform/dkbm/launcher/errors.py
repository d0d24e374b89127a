"""What the launcher tells a person before it ends."""


class LauncherError(Exception):
    """Cannot start; the message is a German sentence that says what to do. Leads to exit code 1."""


class AlreadyRunningError(LauncherError):
    """Another launcher holds the DATA_DIR."""

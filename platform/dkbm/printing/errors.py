"""Why there is no PDF."""


class TypesettingFailed(RuntimeError):
    """The document could not be set, or would not be accessible. For the log: readers get a sentence of ours."""

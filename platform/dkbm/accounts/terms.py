"""The terms that everybody accepts; the text is ``accounts/terms.html``."""

VERSION = "2026-11"
"""Raise it when the text changes: acceptance is recorded with it."""

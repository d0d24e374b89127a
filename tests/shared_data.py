"""Where the reference data was handed over: beside the clone, if at all."""

from __future__ import annotations

from pathlib import Path

BESIDE = [parent / "shared" / "data" for parent in Path(__file__).resolve().parents]
SHARED = next((folder for folder in BESIDE if folder.is_dir()), BESIDE[2])

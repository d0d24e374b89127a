"""The product's settings with a counter of queries around them; the server whose time is taken runs without."""

from __future__ import annotations

from dkbm.config.settings import *  # noqa: F403 - all of them
from dkbm.config.settings import MIDDLEWARE as PRODUCT

MIDDLEWARE = ["tests.benchmarks.kit.counting.CountingMiddleware", *PRODUCT]

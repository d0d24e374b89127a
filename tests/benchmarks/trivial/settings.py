"""Settings of the trivial project; TRIVIAL_DATABASE_URL leads to its database."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url

SECRET_KEY = "nothing is signed"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.benchmarks.trivial.page"
INSTALLED_APPS = ["tests.benchmarks.trivial"]
MIDDLEWARE: list[str] = []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
    }
]
# The connection is kept for good.
DATABASES = {"default": {**dj_database_url.parse(os.environ["TRIVIAL_DATABASE_URL"]), "CONN_MAX_AGE": None}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING_CONFIG = None

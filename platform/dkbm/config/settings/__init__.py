"""Settings of all profiles. What differs between production, demo and test depends on ``ENV.profile`` alone."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
import dj_email_url
from django.utils.translation import gettext_lazy as _

from dkbm.tenancy.database import ops_role, role_of
from dkbm.tenancy.postgresql.reading import READING

from .accounts import *  # noqa: F403 - only ACCOUNT_ and MFA_ names
from .background import *  # noqa: F403 - only CELERY_ names
from .environment import read_environment
from .logs import LOGGING as LOGGING
from .paths import RESERVED_SLUGS as RESERVED_SLUGS
from .schedule import BEAT_SCHEDULE, SERVER_SCHEDULE
from .security import content_security_policy

ENV = read_environment()
PROJECT = Path(__file__).resolve().parents[4]
SECURE = ENV.public_scheme == "https"

SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.secret_key_fallbacks
DEBUG = False
PROFILE = ENV.profile
READYZ_TOKEN = ENV.readyz_token
BASE_DOMAIN = ENV.base_domain
PUBLIC_SCHEME = ENV.public_scheme
PUBLIC_PORT = ENV.port if ENV.port and ENV.profile != "production" else 0

# Hosts stand in the database: NetworkMiddleware answers 404 for every host that no network has.
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "dkbm.config.urls"
FRONT_DOOR_URLCONF = "dkbm.config.urls_front_door"
ASGI_APPLICATION = "dkbm.config.asgi.application"

# The order matters: tenancy must see other apps' models being made; basepage comes before wagtail.
INSTALLED_APPS = [
    "dkbm.tenancy",
    "dkbm.core",
    "dkbm.audit",
    "dkbm.municipalities",
    "dkbm.accounts",
    "dkbm.cms.basepage",
    "dkbm.cms",
    "dkbm.live",
    "dkbm.inbound",
    "dkbm.notifications",
    "dkbm.search",
    "dkbm.printing",
    "dkbm.privacy",
    "dkbm.savedsearch",
    "dkbm.glossary",
    "dkbm.events",
    "workgroups",
    "goodpractice",
    "forum",
    "dkbm.editorial",
    "dkbm.imports",
    "dkbm.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.sitemaps",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "channels",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "dkbm.core.request_log.RequestLogMiddleware",
    "dkbm.config.health.HealthMiddleware",
    # Asks no database, and the answer to an unknown host has a policy too.
    "csp.middleware.CSPMiddleware",
    # Before anything that builds an address of the host.
    "dkbm.tenancy.middleware.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dkbm.tenancy.middleware.NetworkMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "dkbm.core.caching.AskAgainMiddleware",
    "dkbm.core.storable_requests.StorableRequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dkbm.tenancy.middleware.VisitorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "dkbm.core.typed.HandBackMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dkbm.config.gate.UrlGateMiddleware",
    "dkbm.accounts.second_factor.SecondFactorMiddleware",
    "dkbm.cms.gate.CmsGateMiddleware",
    "dkbm.cms.published.TellOfFilesMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "themes" / "base" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dkbm.cms.context.page_frame",
            ],
        },
    }
]

# Database: three roles, see dkbm.tenancy.database. Web and worker never get the owner's login.
_url = ENV.database_owner_url if ENV.database_role == "owner" and ENV.database_owner_url else ENV.database_url
DATABASES = {
    "default": {
        **dj_database_url.parse(_url, engine="dkbm.tenancy.postgresql"),
        # Under ASGI each request has a thread of its own: what is kept for the next one is the pool's (web.py).
        "CONN_MAX_AGE": 0,
    }
}
DATABASE_APP_ROLE = role_of(ENV.database_url)[0]
DATABASE_OPS_ROLE = ops_role(DATABASE_APP_ROLE)
if ENV.database_ops_url and ENV.database_role == "app":
    DATABASES[READING] = {
        **dj_database_url.parse(ENV.database_ops_url, engine="dkbm.tenancy.postgresql"),
        "CONN_MAX_AGE": 0,
    }
    DATABASE_ROUTERS = ["dkbm.tenancy.postgresql.reading.ReadingRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What must survive without Redis lives in PostgreSQL: sessions, rate limits, caches.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "KEY_FUNCTION": "dkbm.tenancy.cache.network_key",
        # Rate limits count here: among Django's 300 entries theirs would soon be thrown out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
REDIS_URL = ENV.redis_url

# An address chooses the engine; without one PostgreSQL searches.
SEARCH_ENGINE = "elasticsearch" if ENV.elasticsearch_url else "postgres"
ELASTICSEARCH_URL = ENV.elasticsearch_url
ELASTICSEARCH_CA_FILE = str(ENV.elasticsearch_ca_file)
SEARCH_FLAVOUR = ENV.search_flavour or "elasticsearch"
SEARCH_INDEX_PREFIX = ENV.search_index_prefix

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "/konto/login/"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "dkbm.live.sessions"
SESSION_COOKIE_NAME = "__Host-sitzung" if SECURE else "sitzung"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "dkbm.core.error_pages.csrf_failure"
CONTENT_SECURITY_POLICY = content_security_policy()
# Whose word on scheme and client address is believed (dkbm.config.asgi); nobody else's, so no header is named here.
TRUSTED_PROXIES = [str(proxy) for proxy in ENV.trusted_proxies]
# Subdomains and the browsers' preload list are the operator's decision: they bind hosts that are not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

AUTHENTICATION_BACKENDS = ["dkbm.accounts.backends.NetworkBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Managers and operators need a second factor; the demo's accounts have only their password.
REQUIRE_SECOND_FACTOR = ENV.profile == "production"

LANGUAGE_CODE = "de"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("de", _("Deutsch"))]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [PROJECT / "themes" / "base" / "locale"]
FORM_RENDERER = "dkbm.core.forms.KernFormRenderer"

STATIC_URL = "/static/"
STATIC_ROOT = PROJECT / "build" / "static"
STATICFILES_DIRS = [PROJECT / "themes" / "base" / "static", PROJECT / "build" / "frontend"]
MEDIA_ROOT = ENV.media_root
MEDIA_URL = "/datei/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENV.profile == "test"
        else "dkbm.config.static_files.StaticFilesStorage"
    },
}
# Fonts of what is printed, made with the front end; no font of the machine is used.
PRINT_FONTS = PROJECT / "build" / "printing"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

vars().update({key: value for key, value in dj_email_url.parse(ENV.email_url).items() if key.startswith("EMAIL_")})
EMAIL_TIMEOUT = 20
if vars()["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "dkbm.core.smtp.EmailBackend"
MAIL_DOMAIN = ENV.mail_domain or ("example.org" if ENV.profile != "production" else ENV.base_domain)
DEFAULT_FROM_EMAIL = f"Transfernetz <netz@{MAIL_DOMAIN}>"
MAIL_DOMAIN_RATES = ENV.mail_domain_rates
MAILBOX_DIR = ENV.mailbox_dir

WAGTAIL_PAGE_MODEL = "basepage.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "cms.NetworkImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "dkbm.cms.forms.files.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "dkbm.cms.forms.files.DocumentForm"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.NetworkDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip", "ics"]
# Pages and files are for members or for groups; nobody is asked for a password that others know too.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILIMAGES_AVIF_QUALITY = 60
WAGTAILIMAGES_WEBP_QUALITY = 76
# A larger one takes hundreds of megabytes each time that one of its sizes is drawn.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAIL_SITE_NAME = "Transfernetz"
# The whole list has names that browsers do not know, and one of them breaks the editor's account page.
WAGTAIL_USER_TIME_ZONES = ["Europe/Berlin"]
WAGTAILADMIN_BASE_URL = f"{PUBLIC_SCHEME}://{BASE_DOMAIN}"
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
# Their mails leave beside the outbox, in the platform's name, with links that lead nowhere. (Those of workflows go
# through the outbox: dkbm.editorial.domain.mails.)
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""
WAGTAIL_I18N_ENABLED = False
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "german", "AUTO_UPDATE": True}
}
TASKS = {"default": {"BACKEND": "dkbm.config.wagtail_tasks.AfterEachSave"}}
TAGGIT_CASE_INSENSITIVE = True

CELERY_BROKER_URL = ENV.redis_url
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE | (SERVER_SCHEDULE if ENV.elasticsearch_url else {})

if ENV.profile == "test":
    LOGGING["loggers"]["dkbm"]["level"] = "WARNING"
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Static files are looked up when they are asked for: each of the thousands of clients would read all of them.
    WHITENOISE_AUTOREFRESH = True

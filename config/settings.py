"""Django's settings. Everything an installation may change comes from the environment (docs/running.md)."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from sabir.kernel.public import LANGUAGES as NAMES

from .env import env_bool, env_int, env_list
from .home import home
from .network_address import lan_address

ROOT = Path(__file__).resolve().parent.parent
HOME = home()

PORT = env_int("PORT", 8000)
SECRET_KEY = HOME.secret("session")
DEBUG = False
DEMONSTRATION = env_bool("SABIR_DEMONSTRATION", (HOME.root / "demonstration.json").exists())

# The address phones use. Without one said, the machine's own address on its network.
SCHEME = "https" if os.environ.get("SABIR_TLS") else "http"
SERVER_URL = (os.environ.get("SABIR_URL") or f"{SCHEME}://{lan_address()}:{PORT}").rstrip("/")
TLS = SERVER_URL.startswith("https:")
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    lan_address(),
    SERVER_URL.split("://")[1].rsplit(":", 1)[0].split("/")[0],
    *env_list("SABIR_HOSTS"),
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "sabir.ledger",
    "sabir.law",
    "sabir.web",
    "sabir.notices",
    "sabir.network",
    "sabir.vault",
    "sabir.rights",
    "sabir.observatory",
    "sabir.field",
    "sabir.cases",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "sabir.web.middleware.BesideDevices",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "sabir.web.middleware.WhoAsks",
    "sabir.web.middleware.Refusals",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "sabir.web.context.shell",
            ],
            "builtins": ["sabir.web.templatetags.sabir"],
        },
    }
]

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
        "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;",
    },
}
MOST_POOLED = 20


def _pool() -> dict[str, int]:
    return {"min_size": 1, "max_size": min(env_int("SABIR_POOL", 12), MOST_POOLED), "timeout": 10}


def _database() -> dict[str, object]:
    url = os.environ.get("DATABASE_URL")
    if not url:
        return {**_SQLITE, "NAME": HOME.folder() / "sabir.sqlite3"}
    named: dict[str, Any] = {**dj_database_url.parse(url)}
    if "postgresql" not in named["ENGINE"]:
        return {**named, **_SQLITE}
    # What the address asks of the line, such as sslmode, stays beside the pool.
    return {**named, "CONN_MAX_AGE": 0, "OPTIONS": {**named.get("OPTIONS", {}), "pool": _pool()}}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "network.Person"
LOGIN_URL = "network:sign_in"
LOGIN_REDIRECT_URL = "web:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "fr"
LANGUAGES = list(NAMES.items())
LOCALE_PATHS = [ROOT / "sabir" / "web" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
# French first: the browser's wish does not change what a bare address shows; the switch on the page does.
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

STATIC_URL = "/static/"
STATIC_ROOT = HOME.root / "static"
STATICFILES_DIRS = [("built", ROOT / "frontend" / "dist")] if (ROOT / "frontend" / "dist").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
SEALED_FOLDER = HOME.root / "media" / "sealed"

# No part of any body ever lands in clear in the temporary folder.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
APPEND_SLASH = True

SESSION_ENGINE = "sabir.network.sessions"
SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf"
CSRF_TRUSTED_ORIGINS = [SERVER_URL] if TLS else []
CSRF_FAILURE_VIEW = "sabir.web.views.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing outside ever learns where someone came from. "no-referrer" would make browsers send `Origin: null` with our
# own forms, which the check against forged requests cannot tell from a stranger's.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if TLS else 0
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if TLS else None
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("SABIR_BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

EMAIL_BACKEND = os.environ.get("SABIR_MAIL", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = HOME.root / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("SABIR_MAIL_FROM", "sabir@localhost")

# Error reports carry neither local variables nor bodies, and no address names a device.
DEFAULT_EXCEPTION_REPORTER = "config.logs.BareReporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"bare": {"()": "config.logs.Bare"}},
    "formatters": {"line": {"()": "config.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "file": {
            "class": "logging.handlers.RotatingFileHandler",
            "filename": HOME.folder("logs") / "sabir.log",
            "maxBytes": 2_000_000,
            "backupCount": 3,
            "formatter": "line",
            "filters": ["bare"],
            "delay": True,
        }
    },
    "root": {"handlers": ["file"], "level": "INFO"},
    # It quotes the host that was asked for, which is whatever a client wrote.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}

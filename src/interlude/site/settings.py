"""Settings: one file, every value from the environment, documented in docs/reference/settings.md."""

from __future__ import annotations

import zoneinfo
from pathlib import Path
from typing import Any

import dj_email_url
import environs
from csp.constants import NONE, SELF

from interlude.site.database import database

env = environs.FileAwareEnv(eager=False, prefix="INTERLUDE_")
hosting = environs.FileAwareEnv(eager=False)  # what hosting services set under its usual name

zoneinfo.reset_tzpath(to=[])  # the locked tzdata package, so that every machine counts by the same zone data
zoneinfo.ZoneInfo.clear_cache()

NOT_EMPTY = environs.validate.Length(min=1, error="It is empty.")
PACKAGE = Path(__file__).resolve().parents[1]

DEBUG: bool = env.bool("DEBUG", False)
DEMO: bool = env.bool("DEMO", False)
SECRET_KEY: str = (env.str("SECRET_KEY", validate=NOT_EMPTY) or "").strip()
SEAL_KEY: str = (env.str("SEAL_KEY", validate=NOT_EMPTY) or "").strip()
AUDIT_KEY: str = (env.str("AUDIT_KEY", validate=NOT_EMPTY) or "").strip()
DATA = Path(env.str("DATA", "var")).resolve()
BASE_URL: str = env.str("BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", 0)
HTTPS: bool = env.bool("HTTPS", False)
DATABASE_URL: str = hosting.str("DATABASE_URL", "")
EMAIL_URL: str = env.str("EMAIL_URL", "")
HELP_COPIES = Path(env.str("HELP_COPIES", "") or DATA / "help").resolve()
PUSH_KEY: str = (env.str("PUSH_KEY", "") or "").strip()
PUSH_HOSTS: list[str] = env.list(
    "PUSH_HOSTS",
    [
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "web.push.apple.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    ],
)
PUSH_LOOPBACK: bool = env.bool("PUSH_LOOPBACK", False)
MAIL_FROM: str = env.str("MAIL_FROM", "notices@localhost")
env.seal()
hosting.seal()

DATABASES: dict[str, Any] = {"default": database(DATABASE_URL, DATA)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # the templates of widgets, which FORM_RENDERER draws with
    "django_htmx",
    "csp",
    "interlude.ui",  # before allauth: our pages stand in for its own
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "interlude.sealing",
    "interlude.audit",
    "interlude.outbox",
    "interlude.accounts",
    "interlude.practice",
    "interlude.boundaries",
    "interlude.cover",
    "interlude.agreements",
    "interlude.crisis",
    "interlude.rulebook",
    "interlude.phrasebook",
    "interlude.appointments",
    "interlude.library",
    "interlude.enclosures",
    "interlude.agenda",
    "interlude.closings",
    "interlude.checkins",
    "interlude.plans",
    "interlude.desk",
    "interlude.messaging",
    "interlude.support",
    "interlude.away",
    "interlude.papers",
    "interlude.demo",
    "interlude.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "interlude.ui.middleware.NothingStaysBehind",
    "interlude.crisis.middleware.NobodyAsks",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "interlude.accounts.middleware.SessionLimits",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "interlude.accounts.middleware.SignedIn",
    "interlude.practice.middleware.Occupants",
]

#: What the worker does once an hour beside sending: acts that take `now`, and change nothing when done twice.
WORKER_ROUNDS = [
    "interlude.checkins.actions.tell_of_due",
    "interlude.crisis.copies.look_after_copies",
    "interlude.plans.actions.remind_of_review",
]

#: The same once a minute: what must reach a person within five.
WORKER_MINUTES = [
    "interlude.away.unseen.tell_of_unseen",
    "interlude.appointments.freed.pass_on",
    "interlude.appointments.telling.remind",
]

ROOT_URLCONF = "interlude.site.urls.root"
WSGI_APPLICATION = "interlude.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "interlude.ui.context.page",
                "interlude.crisis.context.help_context",
            ],
        },
    },
]
#: For mails to people who work here: who is away, and until when theirs wait (`interlude.outbox.actions`).
QUIET_UNTIL = "interlude.boundaries.quiet.quiet_until"
#: What a mail of some kind says beside its fixed words: never content, never a name.
MAIL_WORDS = "interlude.agreements.cancelling.words_for"
#: What a mail of a practice to somebody is spoken in: their language, said as that practice says it to them.
SPOKEN_IN = "interlude.practice.spanish.spoken_in"
FORM_RENDERER = "interlude.ui.forms.FieldRenderer"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["interlude.practice.signing_in.WithPlaces"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # NIST SP 800-63B-4: 15 where the password may stand alone
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "public:door"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation binds the address; mail is a doorbell, not a key
ACCOUNT_ADAPTER = "interlude.accounts.adapter.Accounts"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_ADAPTER = "interlude.accounts.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Interlude"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://localhost")

SESSION_COOKIE_AGE = 24 * 60 * 60  # the longest any session may live; SessionLimits is stricter
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "interlude.ui.views.public.form_expired"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # a million characters, percent-encoded, and room
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# A file that somebody adds is held in memory until it is sealed: never in clear on a disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",  # rate limits hold over all workers and restarts
    },
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español"), ("hi", "हिन्दी")]  # each by its own name
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"  # chosen by somebody who is not signed in
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "interlude.ui.sheets.JoinedSheetStorage"
        ),
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 31_536_000

EMAIL_BACKEND = "interlude.outbox.spool.SpoolBackend"
if EMAIL_URL:
    globals().update(dj_email_url.parse(EMAIL_URL))
DEFAULT_FROM_EMAIL = MAIL_FROM
EMAIL_TIMEOUT = 10  # seconds; shorter than a notice's lease (outbox.models.LEASE)
SPOOL = DATA / "mail"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_words": {"()": "interlude.site.logs.NoWords"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_words"]},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

"""Every setting, read once from the environment; nonsense stops the start."""

import warnings
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from crm_project import environment, headers, secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environment.env
env.read_env(BASE_DIR / ".env")

# Who may talk to us

DEBUG = environment.switch("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="") or secret_key.read_or_create(VAR_DIR / "secret_key")
environment.keys("SECRET_KEY", SECRET_KEY)
SECRET_KEY_FALLBACKS = environment.keys("SECRET_KEY_FALLBACKS", *env.list("SECRET_KEY_FALLBACKS", default=[]))
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
if DEBUG and not environment.are_ours(ALLOWED_HOSTS):
    raise ImproperlyConfigured("DEBUG shows our insides to whoever reaches ALLOWED_HOSTS: set DEBUG=off.")
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")

TRUSTED_PROXIES = environment.count("TRUSTED_PROXIES", default=0, least=0)
SECURE_SSL_REDIRECT = environment.switch("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SSL_REDIRECT
SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SSL_REDIRECT else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the page
if SECURE_SSL_REDIRECT:  # a browser takes these from this very host alone, and by HTTPS
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = headers.CONTENT_SECURITY_POLICY
MAX_BODY_BYTES = 1_000_000
OUTGOING_ALLOWED = environment.networks("OUTGOING_ALLOWED")
CRM_THROTTLE = env("CRM_THROTTLE", default="on")
if CRM_THROTTLE not in ("on", "off"):
    raise ImproperlyConfigured("CRM_THROTTLE is 'on' or 'off'.")
if CRM_THROTTLE == "off":
    warnings.warn(
        "CRM_THROTTLE is off: NOBODY IS COUNTED, passwords may be guessed. For load tests only.", stacklevel=1
    )
LIMITS = environment.limits(
    "LIMIT_", requests=(600, 60), ways_in=(60, 60), passwords=(10, 300), passwords_from=(50, 300)
)

# What the project is made of

INSTALLED_APPS = [
    "organizations",
    "contacts",
    "deals",
    "tasks",
    "activities",
    "imports",
    "analytics",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crm_project",
    "crm_project.apps.OperatorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "crm_project.middleware.RequestIdMiddleware",
    "crm_project.middleware.HeadersMiddleware",
    "crm_project.middleware.BodyLengthMiddleware",
    "organizations.whence.WhenceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "crm_project.middleware.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "crm_project.middleware.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crm_project.middleware.SignInMiddleware",
    "crm_project.middleware.TooManyMiddleware",
    "organizations.browsers.BrowserMiddleware",
    "organizations.middleware.ReaderMiddleware",
    "organizations.middleware.MembershipMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "crm_project.urls"
WSGI_APPLICATION = "crm_project.wsgi.application"
FORM_RENDERER = "crm_project.form_rendering.FormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Where state lives

DATABASES = {"default": environment.database("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'kontor.sqlite3'}")}
THREADS = environment.count("THREADS", default=8)
DATABASES["default"].setdefault("OPTIONS", {}).update(environment.options(DATABASES["default"], threads=THREADS))
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # no connection that a restart cut off: see `listening.py`
ROW_SECURITY = environment.switch("ROW_SECURITY", default=False)
if ROW_SECURITY and DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("ROW_SECURITY is PostgreSQL's: set DATABASE_URL, or ROW_SECURITY=off.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": environment.cache("CACHE_URL", default="locmemcache://")}
# Django's own 300 entries would forget who was counted as soon as many others are.
if "locmem" in CACHES["default"]["BACKEND"]:
    CACHES["default"].setdefault("OPTIONS", {}).setdefault("MAX_ENTRIES", 20_000)
# A cache that does not answer must cost a moment, not the request.
if "redis" in CACHES["default"]["BACKEND"]:
    CACHES["default"].setdefault("OPTIONS", {}).update({"socket_connect_timeout": 0.5, "socket_timeout": 0.5})
    CACHES["default"]["BACKEND"] = "crm_project.steady_cache.SteadyRedisCache"
vars().update(environment.email("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", default="Kontor <kontor@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "crm_project.log.RequestIdFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s [%(request_id)s] %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.request": {"level": "ERROR"},  # refusals are no news
    },
}

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Who people are

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["organizations.passwords.Passwords"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "organizations.sign_in.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# Our users have one address each: allauth's own tokens would keep a copy of it, which grows stale.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "organizations.second_factor.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Kontor"
if CRM_THROTTLE == "off":
    ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SITE_URL = environment.site("SITE_URL", default="http://127.0.0.1:8000", is_safe=SECURE_SSL_REDIRECT)

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# The API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["organizations.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["organizations.permissions.IsMember"],
    "DEFAULT_THROTTLE_CLASSES": ["organizations.limits.OfMember"],
    "DEFAULT_PARSER_CLASSES": ["crm_project.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["organizations.tenancy.rendering.Renderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "organizations.tenancy.negotiation.OneForm",
    "DEFAULT_SCHEMA_CLASS": "crm_project.schema.ContractSchema",
    "EXCEPTION_HANDLER": "crm_project.errors.problem",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SIMPLE_JWT = {
    "ALGORITHM": "HS256",
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=30),
    "CHECK_REVOKE_TOKEN": True,
    "AUTH_HEADER_TYPES": ("Bearer", "bearer", "BEARER"),
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kontor API",
    "VERSION": "1",
    "DESCRIPTION": "Contacts, companies, deals, tasks, the timeline and analytics of one organization.",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "/static/favicon.svg",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "DealStatus": "deals.models.Status",
        "RoleName": "organizations.roles.Role",
        "ActivityType": "activities.models.Type",
        "AuditType": "organizations.audit.Type",
        "Locale": LANGUAGES,
        "TokenType": ["bearer"],
    },
}

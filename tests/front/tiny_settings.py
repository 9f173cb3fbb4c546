"""Settings of the small application behind the front's own tests: one page, two places to send to, no rule."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.front.tiny_urls"
MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware", "django.middleware.common.CommonMiddleware"]
ALLOWED_HOSTS = ["*"]

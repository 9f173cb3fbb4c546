"""The map of addresses: devices without language, pages with it."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from sabir.web.public import front_door, icon

urlpatterns = [
    path("", front_door),
    path("favicon.ico", icon),
    path("k/", include("sabir.field.device_urls")),
    *i18n_patterns(
        path("", include("sabir.web.urls")),
        path("", include("sabir.network.urls")),
        path("vault/", include("sabir.vault.urls")),
        path("rights/", include("sabir.rights.urls")),
        path("figures/", include("sabir.observatory.urls")),
        path("reports/", include("sabir.field.urls")),
        path("cases/", include("sabir.cases.urls")),
    ),
]

handler404 = "sabir.web.views.not_found"
handler500 = "sabir.web.views.failed"

"""Addresses of dossiers."""

from django.urls import path, register_converter

from . import views


class Reference:
    """The number of a dossier in an address; anything else leads nowhere."""

    regex = "[0-9A-Za-z]{3}-?[0-9A-Za-z]{3}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Reference, "reference")

app_name = "cases"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<reference:reference>/", views.detail, name="detail"),
    path("<reference:reference>/plan/", views.plan, name="plan"),
    path("<reference:reference>/done/", views.done, name="done"),
    path("<reference:reference>/close/", views.close, name="close"),
    path("<reference:reference>/sealed/", views.sealed, name="sealed"),
    path("<reference:reference>/sealed/<int:envelope_id>/", views.sealed_file, name="file"),
]

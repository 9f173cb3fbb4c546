"""Addresses of the figures."""

from django.urls import path

from . import views

app_name = "observatory"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("freeze/", views.freeze, name="freeze"),
    path("<slug:table>.csv", views.table_as_csv, name="csv"),
]

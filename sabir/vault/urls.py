"""Addresses of the key."""

from django.urls import path

from . import views

app_name = "vault"
urlpatterns = [
    path("wraps/", views.wraps, name="wraps"),
    path("half/", views.half, name="half"),
    path("lock/", views.lock, name="lock"),
]

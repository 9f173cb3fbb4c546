"""Addresses of people and organisations."""

from django.urls import path

from . import views

app_name = "network"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("network/", views.members, name="members"),
]

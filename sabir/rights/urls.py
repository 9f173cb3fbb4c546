"""Addresses of rights."""

from django.urls import path

from . import views

app_name = "rights"
urlpatterns = [path("violations/", views.violations, name="violations")]

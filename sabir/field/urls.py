"""Addresses of the web form."""

from django.urls import path

from . import views

app_name = "field"
urlpatterns = [
    path("new/", views.choose, name="new"),
    path("new/<path:form_id>/", views.fill, name="fill"),
    path("forms/<str:md5>.xml", views.form_xml, name="form_xml"),
    path("forms/<str:md5>.json", views.definition, name="definition"),
    path("forms/<str:md5>/media/<str:name>", views.media, name="media"),
    path("send/", views.send, name="send"),
]

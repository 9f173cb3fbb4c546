"""Addresses for phones, below /k/. The last one takes everything else, so that nothing is ever redirected."""

from django.urls import re_path

from . import api

app_name = "device"
FORM = r"^(?P<token>[^/]+)/forms/(?P<md5>[0-9a-f]{32})"
urlpatterns = [
    re_path(r"^(?P<token>[^/]+)/formList\Z", api.form_list, name="form_list"),
    re_path(FORM + r"\.xml\Z", api.form, name="form"),
    re_path(FORM + r"/manifest\Z", api.manifest, name="manifest"),
    re_path(FORM + r"/media/(?P<name>[^/]+)\Z", api.media, name="media"),
    re_path(r"^(?P<token>[^/]+)/submission\Z", api.submission, name="submission"),
    re_path(r"^(?P<token>[^/]*)(?P<rest>[\s\S]*)\Z", api.nothing, name="nothing"),
]

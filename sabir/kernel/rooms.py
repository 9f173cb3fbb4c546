"""How a room opens: its plugs are put into the sockets of the rooms below once every model is known."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    # Every room's `apps` holds two classes, itself and this one: Django takes the one that says it is the default.
    default = False

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        if find_spec(f"{self.name}.plugs"):
            import_module(f"{self.name}.plugs")

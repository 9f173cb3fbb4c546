"""What the field puts into the sockets below: the way to a new report, and its repeated work."""

from django.utils.translation import gettext_lazy as _

from sabir.web.public import MenuItem, menu

from . import tasks  # noqa: F401 - declares the room's jobs

menu.fill(MenuItem(_("New report"), "field:new", "field.receive", 5))

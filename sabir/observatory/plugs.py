"""What the observatory offers to the shell: its section."""

from django.utils.translation import gettext_lazy as _

from sabir.web.public import MenuItem, menu

from .queries import READ

menu.fill(MenuItem(_("Figures"), "observatory:figures", READ, 30))

"""What rights offer to the shell: their section."""

from django.utils.translation import gettext_lazy as _

from sabir.web.public import MenuItem, menu

menu.fill(MenuItem(_("Rights"), "rights:violations", None, 50))

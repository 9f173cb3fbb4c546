"""The sign-in form."""

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """E-mail and password; one answer for an unknown address and a wrong password."""

    error_messages = {
        "invalid_login": _("This address and this password do not go together. Check both and try again."),
        "inactive": _("This address and this password do not go together. Check both and try again."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = _("E-mail address")
        self.fields["password"].label = _("Password")
        self.label_suffix = ""

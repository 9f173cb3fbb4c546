"""Words that several doors say."""

from django.utils.translation import gettext_lazy as _

NEEDS_HTTPS = _(
    "This page seals what you write before it leaves the browser. Browsers allow that only over https, "
    "or on the very machine that runs the server. Open it there, or ask whoever runs the server to set up https."
)
SIGNED_OUT = _("You are signed out. Sign in again; what you wrote is still on this screen.")
FAILED = _("Something went wrong here, on our side, and nothing was changed. Try again in a minute.")
EXPIRED = _("This page was open for too long. Load it again and repeat what you did.")

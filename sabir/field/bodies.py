"""Reading a sending where no front has done so: in tests, and on any other WSGI server."""

from django.http import HttpRequest

from .stream import Received, Receiver

PIECE = 64 * 1024


def read_here(request: HttpRequest, receiver: Receiver) -> Received:
    """Feed the body to the receiver piece by piece; a refusal has removed what was written."""
    try:
        while piece := request.read(PIECE):
            receiver.feed(piece)
        return receiver.finish()
    except OSError:
        # The line broke: Django's UnreadablePostError is an OSError.
        receiver.abandon()
        raise

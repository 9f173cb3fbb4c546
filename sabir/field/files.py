"""Names and kinds of the files that are published with a form."""

import mimetypes
from pathlib import PurePosixPath

MEDIA_BYTES = 20_000_000
# Shown as what they are; anything else only as bytes, because a page of ours must not run what was published with a form.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "text/csv", "application/geo+json"})


def content_type_of(name: str) -> str:
    """The content type under which a published file is served."""
    if PurePosixPath(name).suffix.lower() == ".csv":
        return "text/csv; charset=utf-8"
    guessed = mimetypes.guess_type(name)[0] or ""
    safe = guessed in SHOWN or guessed.startswith(("audio/", "video/"))
    return guessed if safe else "application/octet-stream"


def is_good_name(name: str) -> bool:
    """A bare file name that phones and the manifest can carry."""
    return (
        0 < len(name) <= 120
        and name.isprintable()
        and "/" not in name
        and "\\" not in name
        and not name.startswith(".")
    )

"""Sealed files that no row names: left by a crash between the disk and the commit."""

import time
from pathlib import Path

from django.conf import settings

from .models import Body

DAY = 24 * 3600
AT_ONCE = 500


def remove_orphans(older_than: float = 2 * DAY) -> int:
    """Remove sealed files that no row names, `older_than` seconds old by their date, which is cut to the day.

    Says how many. A younger file may belong to a report that is arriving now.
    """
    folder = Path(settings.SEALED_FOLDER)
    before = time.time() - older_than
    old = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime < before]
    removed = 0
    for start in range(0, len(old), AT_ONCE):
        some = old[start : start + AT_ONCE]
        names = {path.relative_to(folder).as_posix(): path for path in some}
        known = set(Body.objects.filter(path__in=names).values_list("path", flat=True))
        for name in names.keys() - known:
            names[name].unlink(missing_ok=True)
            removed += 1
    return removed

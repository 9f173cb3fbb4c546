"""The worker: takes jobs one by one, gives each its time, and takes up what a killed worker left."""

import logging
import signal
import time
import uuid
from datetime import timedelta
from types import FrameType
from typing import Any

from django.db import Error as DatabaseFailure
from django.db import close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .jobs import JOBS, queue_what_is_due

Row = DBTaskResult[Any, Any]

logger = logging.getLogger("sabir.worker")

KEPT_FOR = timedelta(days=3)


class TimeIsUp(Exception):
    """A job took longer than its limit."""


class Worker:
    """Runs jobs in the main thread of a process of its own, so that a job can be stopped when its time is up."""

    def __init__(self, pause: float = 2.0) -> None:
        self.name = uuid.uuid4().hex[:12]
        self.pause = pause
        self.going = True

    def run(self) -> None:
        """Work until told to stop (SIGTERM, SIGINT)."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        while self.going:
            try:
                close_old_connections()
                queue_what_is_due()
                reclaim()
                busy = self.one()
            except DatabaseFailure as error:
                # The database is being restarted, or busy for very long: a worker that ended would be missed by nobody.
                logger.warning("the worker waits for the database: %s", type(error).__name__)
                busy = False
            if not busy:
                time.sleep(self.pause)

    def one(self) -> bool:
        """Run the next job; False where none is waiting."""
        row = self._claim()
        if row is None:
            return False
        try:
            with _at_most(_limit(row)):
                row.task.call(*row.args_kwargs["args"])
            row.set_successful(None)
        except Exception as error:
            logger.warning("job %s failed: %s", row.args_kwargs["args"][0], type(error).__name__)
            row.set_failed(error.with_traceback(None))
        return True

    def _claim(self) -> Row | None:
        with transaction.atomic():
            row = DBTaskResult.objects.ready().get_locked()
            if row is not None:
                row.claim(self.name)
            return row

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.going = False


def reclaim() -> None:
    """Give back what a killed worker left half done, and forget what was finished days ago."""
    now = timezone.now()
    for row in DBTaskResult.objects.running():
        if row.started_at and row.started_at + 2 * _limit(row) < now:
            # The status in the filter: of two workers that look at once, one gives it back.
            DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY
            )
    done = Q(status=TaskResultStatus.SUCCESSFUL) | Q(status=TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(done, finished_at__lt=now - KEPT_FOR).delete()


def _limit(row: Row) -> timedelta:
    chosen = JOBS.get(row.args_kwargs["args"][0])
    return chosen.limit if chosen else timedelta(minutes=5)


class _at_most:  # noqa: N801 - read as a word of the sentence `with _at_most(limit)`
    """Raise TimeIsUp in the main thread after so long."""

    def __init__(self, limit: timedelta) -> None:
        self.seconds = limit.total_seconds()

    def __enter__(self) -> None:
        signal.signal(signal.SIGALRM, self._ring)
        signal.setitimer(signal.ITIMER_REAL, self.seconds)

    def __exit__(self, *caught: Any) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        raise TimeIsUp

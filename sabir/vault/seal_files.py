"""Files sealed while they arrive: no clear byte on disk, and never a whole photo in memory.

What the network pushes (`write`), the sealing library pulls, so each larger file gets a thread of its own; a small
one is sealed in memory when it ends. On disk a file first ends in `.part`; it gets its name when whole and safe there.
"""

import os
import secrets
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Condition, Thread

import pyrage

from .age_format import HEADER_LIMIT, NotSealed, SealError, check_header, file_padding, header_end, keys_of, padme

MAX_FILE = 25 * 1000 * 1000
SMALL_FILE = 64 * 1024
MOST_THREADS = 128
DAY = 24 * 60 * 60
_HALF_WRITTEN = ".part"
_PIECE = 64 * 1024
_LONGEST_LINE = 4096
_threads = BoundedSemaphore(MOST_THREADS)


class FileTooLarge(SealError):
    """More bytes than `MAX_FILE` in one file."""

    def __init__(self) -> None:
        super().__init__("seal.too_large")


class TooManyFiles(SealError):
    """All sealing threads are taken; the same file will pass later."""

    def __init__(self) -> None:
        super().__init__("seal.busy")


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A sealed file whose body lies at `path` (`size` bytes) and whose header is kept apart, in a row."""

    path: Path
    header: bytes
    size: int

    def remove(self) -> None:
        """Forget the body; nothing happens if it is gone."""
        self.path.unlink(missing_ok=True)


def sealed_length(clear: int) -> int:
    """Length of the age body for `clear` bytes: a nonce of 16, and 16 to each chunk of 64 KiB, at least one."""
    return 16 + clear + 16 * max(1, -(-clear // (64 * 1024)))


class SealedBody:
    """Takes an age file in pieces: keeps the header in memory and writes the body, and only that, to disk."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / secrets.token_hex(16)
        self._half = self._path.with_suffix(_HALF_WRITTEN)
        self._file = os.fdopen(os.open(self._half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._start = b""
        self.header = b""
        self.size = 0

    def write(self, piece: bytes) -> int:
        """Take the next bytes of the age file. NotSealed as soon as they are no age file."""
        if self.header:
            self._write_body(piece)
            return len(piece)
        self._start += piece
        if (end := header_end(self._start)) is not None:
            self.header = self._start[:end]
            self._write_body(self._start[end:])
            self._start = b""
        return len(piece)

    def flush(self) -> None:
        """Asked for by the sealing library; `store` does it for good."""

    def _write_body(self, piece: bytes) -> None:
        self._file.write(piece)
        self.size += len(piece)

    def store(self) -> SealedFile:
        """Bring the body safely to disk under its name, dated to the day: the exact hour is nobody's business."""
        self._file.flush()
        today = time.time() // DAY * DAY
        os.utime(self._file.fileno(), (today, today))
        os.fsync(self._file.fileno())
        self._file.close()
        self._half.rename(self._path)
        _sync_folder(self._path.parent)
        return SealedFile(self._path, self.header, self.size)

    def drop(self) -> None:
        """Remove whatever was written, finished or not."""
        self._file.close()
        self._half.unlink(missing_ok=True)
        self._path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep_unfinished(folder: Path, *, older_than: float = 3600) -> int:
    """Remove half-written files that a crash left behind, `older_than` seconds old; says how many."""
    before = time.time() - older_than
    left_behind = [half for half in folder.glob("*" + _HALF_WRITTEN) if half.stat().st_mtime < before]
    for half in left_behind:
        half.unlink(missing_ok=True)
    return len(left_behind)


class _Broken(Exception):
    """Ends the reading side of a pipe whose writer gave up."""


class _Pipe:
    """Pieces pushed by one thread and pulled by another, in order."""

    def __init__(self) -> None:
        self._pieces: deque[memoryview] = deque()
        self._change = Condition()
        self._ended = self._broken = False
        self.held = 0

    def push(self, piece: bytes) -> None:
        with self._change:
            self._pieces.append(memoryview(piece))
            self.held += len(piece)
            self._change.notify()

    def end(self) -> None:
        with self._change:
            self._ended = True
            self._change.notify()

    def give_up(self) -> None:
        with self._change:
            self._broken = True
            self._pieces.clear()
            self.held = 0
            self._change.notify()

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, waiting until there are some; empty at the end."""
        with self._change:
            self._change.wait_for(lambda: self._pieces or self._ended or self._broken)
            if self._broken:
                raise _Broken
            if not self._pieces:
                return b""
            first = self._pieces.popleft()
            taken = first[:size] if 0 <= size < len(first) else first
            if len(taken) < len(first):
                self._pieces.appendleft(first[len(taken) :])
            self.held -= len(taken)
            return bytes(taken)


class FileSealer:
    """Seals one file as it arrives, its line (`file_line`) first.

    `write` takes pieces and never waits; ask `backlog` how much is not sealed yet and slow down. Then `close`, which
    waits for the disk, or `abandon`. Raises FileTooLarge, TooManyFiles, or OSError when the disk is full.
    """

    def __init__(self, recipients: Sequence[str], first_line: bytes, folder: Path) -> None:
        self._keys = keys_of(recipients)
        self._folder = folder
        self._pipe = _Pipe()
        self._thread: Thread | None = None
        self._body: SealedBody | None = None
        self._failure: Exception | None = None
        self._line_length = len(first_line)
        self._length = 0
        self._push(first_line)

    def write(self, piece: bytes) -> None:
        """Take the next bytes of the file."""
        if self._failure:
            raise self._failure
        if self._length + len(piece) - self._line_length > MAX_FILE:
            raise FileTooLarge
        self._push(piece)
        if self._thread is None and self._length > SMALL_FILE:
            self._start_thread()

    def backlog(self) -> int:
        """Bytes taken and not yet sealed."""
        return self._pipe.held

    def close(self) -> SealedFile:
        """Pad, seal what is left and bring it safely to disk."""
        padding = file_padding(self._length)
        for start in range(0, len(padding), _PIECE):
            self._push(padding[start : start + _PIECE])
        self._pipe.end()
        if self._thread is None:
            self._seal()
        else:
            self._thread.join()
        if self._failure or self._body is None:
            self.abandon()
            raise self._failure or SealError("seal.failed")
        return self._body.store()

    def abandon(self) -> None:
        """End the thread and remove everything written; fine at any time, and twice."""
        self._pipe.give_up()
        if self._thread is not None:
            self._thread.join()
        if self._body is not None:
            self._body.drop()

    def _push(self, piece: bytes) -> None:
        self._length += len(piece)
        self._pipe.push(piece)

    def _start_thread(self) -> None:
        if not _threads.acquire(blocking=False):
            raise TooManyFiles
        self._thread = Thread(target=self._seal_and_free, name="sealing", daemon=True)
        self._thread.start()

    def _seal_and_free(self) -> None:
        try:
            self._seal()
        finally:
            _threads.release()

    def _seal(self) -> None:
        """Run the sealing library over the pipe; keep a failure for whoever closes."""
        try:
            self._body = SealedBody(self._folder)
            pyrage.encrypt_io(self._pipe, self._body, self._keys)
            if self._body.size != sealed_length(self._length):
                raise SealError("seal.incomplete")  # because pyrage is silent about a write that failed at the very end
        except (OSError, SealError, pyrage.EncryptError) as failure:
            self._failure = failure
            self._pipe.give_up()


class FileKeeper:
    """Keeps a file that the browser has sealed already, header and body apart. Same use as FileSealer."""

    def __init__(self, folder: Path) -> None:
        self._body = SealedBody(folder)
        self._left = sealed_length(padme(MAX_FILE + _LONGEST_LINE)) + HEADER_LIMIT

    def write(self, piece: bytes) -> None:
        """Take the next bytes of the age file. NotSealed as soon as they are none, FileTooLarge above the limit."""
        self._left -= len(piece)
        if self._left < 0:
            raise FileTooLarge
        self._body.write(piece)

    def backlog(self) -> int:
        """Nothing waits here: what is taken is written."""
        return 0

    def close(self) -> SealedFile:
        """Check the header and bring the body safely to disk. NotSealed if it names other than X25519 recipients."""
        try:
            check_header(self._body.header)
            if self._body.size < sealed_length(0):
                raise NotSealed("seal.format")
            return self._body.store()
        except (SealError, OSError):
            self.abandon()
            raise

    def abandon(self) -> None:
        """Remove everything written; fine at any time, and twice."""
        self._body.drop()

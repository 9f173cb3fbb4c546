"""Looking on from outside: every file a server could write to while it works, and a hundred slow phones."""

import stat
import threading
from pathlib import Path

from .server import MULTIPART, begun, report

ELSEWHERE = [Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")]


class Watch:
    """Searches a server's home, its temporary folder, its open files and whatever is new in shared places."""

    def __init__(self, server, mark: bytes):
        self.server, self.mark = server, mark
        self.already = set(_in_shared_places())
        self.seen: list[Path] = []

    def look(self) -> None:
        """Remember every file that holds the mark just now."""
        own = [*self.server.home.rglob("*"), *self.server.temporary.rglob("*"), *self._open_files()]
        new = [path for path in _in_shared_places() if path not in self.already]
        self.seen += [path for path in [*own, *new] if self._holds_the_mark(path)]

    def _open_files(self):
        """Every regular file the server's processes hold open, deleted ones too."""
        for pid in self.server.processes():
            try:
                links = list(Path(f"/proc/{pid}/fd").iterdir())
            except PermissionError:
                continue  # the server forbids core dumps, and with them this look to all but root
            yield from (link for link in links if _is_regular(link))

    def _holds_the_mark(self, path: Path) -> bool:
        try:
            return path.is_file() and self.mark in path.read_bytes()
        except OSError:
            return False


def _in_shared_places():
    return (path for place in ELSEWHERE if place.is_dir() for path in place.iterdir())


def _is_regular(link: Path) -> bool:
    try:
        return stat.S_ISREG(link.stat().st_mode)
    except OSError:
        return False


class Trickling:
    """A hundred phones that send a few bytes at a time, for as long as the block lasts."""

    def __init__(self, server, path, count=100):
        head = f"POST {path} HTTP/1.1\nContent-Length: 1900000\nContent-Type: {MULTIPART}\n"
        start = report(("p.jpg", b"x" * 1_900_000))[:70_000]
        self.lines = [begun(server.port, head, start) for _ in range(count)]
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._trickle)

    def _trickle(self):
        while not self.over.wait(0.2):
            for line in self.lines:
                line.sendall(b"x" * 200)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *failure):
        self.over.set()
        self.thread.join()
        for line in self.lines:
            line.close()

"""What processes cost, from /proc: CPU seconds and resident memory of a process and all that it started."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Process:
    """One line of /proc/<pid>/stat: times in seconds (its own, and of children that have ended), memory in bytes."""

    pid: int
    name: str
    parent: int
    cpu: float
    cpu_of_ended: float
    memory: int


def all_processes() -> list[Process]:
    """Every process there is just now."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append(_read(folder))
        except OSError:
            continue  # it ended while we looked
    return found


def _read(folder: Path) -> Process:
    before, _, after = (folder / "stat").read_text().rpartition(")")
    words = after.split()
    return Process(
        pid=int(folder.name),
        name=before.partition("(")[2],
        parent=int(words[1]),
        cpu=(int(words[11]) + int(words[12])) / TICK,
        cpu_of_ended=(int(words[13]) + int(words[14])) / TICK,
        memory=int(words[21]) * PAGE,
    )


def started_by(pid: int, also_named: str = "") -> list[Process]:
    """The process, all it started, and every process of the name (a database server runs on its own)."""
    processes = all_processes()
    wanted = {pid} | {process.pid for process in processes if also_named and process.name == also_named}
    grown = True
    while grown:
        more = {process.pid for process in processes if process.parent in wanted} - wanted
        wanted |= more
        grown = bool(more)
    return [process for process in processes if process.pid in wanted]


def cpu_seconds(processes: list[Process]) -> float:
    """CPU seconds of the processes so far, and of those they started that have ended."""
    return sum(process.cpu + process.cpu_of_ended for process in processes)


def shared_once(processes: list[Process]) -> float:
    """Megabytes in which a page that several share counts once (PSS); 0 where only root may know."""
    try:
        texts = [Path(f"/proc/{process.pid}/smaps_rollup").read_text() for process in processes]
    except OSError:
        return 0.0
    return sum(int(text.partition("\nPss:")[2].split()[0]) for text in texts) * 1024 / 1_000_000


def megabytes(processes: list[Process]) -> float:
    """Resident memory; pages that several share count for each."""
    return sum(process.memory for process in processes) / 1_000_000

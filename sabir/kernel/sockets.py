"""The only way up: a lower room declares a socket, an upper room fills it in its plugs."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

SOCKETS: dict[str, "Socket[object]"] = {}


class Socket(Generic[T]):
    """A named place for what upper rooms offer. Handlers run in the order they were put in.

    Raises ValueError where a name is claimed twice.
    """

    def __init__(self, name: str, meaning: str) -> None:
        if name in SOCKETS:
            raise ValueError(f"two sockets are called {name}")
        self.name = name
        self.meaning = meaning
        self._plugs: list[T] = []
        SOCKETS[name] = self  # type: ignore[assignment]

    def fill(self, plug: T) -> T:
        """Put a plug in; once for each, however often the room is opened."""
        if plug not in self._plugs:
            self._plugs.append(plug)
        return plug

    def __iter__(self) -> Iterator[T]:
        return iter(tuple(self._plugs))

    def __len__(self) -> int:
        return len(self._plugs)

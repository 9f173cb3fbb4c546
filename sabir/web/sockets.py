"""What rooms above offer to the shell: who asks, the menu, the blocks of the home page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from sabir.kernel.public import Actor, Socket


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks in this request, and the words for the masthead (organisation and working name)."""

    actor: Actor
    place: str
    name: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One section of the navigation; shown to all where `right` is None, else to those who hold it."""

    label: str | Promise
    url_name: str
    right: str | None
    order: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the home page: a template, what it needs, and its place."""

    template: str
    context: dict[str, object]
    order: int


who_asks: Socket[Callable[[HttpRequest], Asker | None]] = Socket(
    "web.who_asks", "Who is behind a request, from its session."
)
menu: Socket[MenuItem] = Socket("web.menu", "The sections a room offers in the navigation.")
home_blocks: Socket[Callable[[HttpRequest], Block | None]] = Socket(
    "web.home_blocks", "What a room shows on the home page to this asker, or nothing."
)

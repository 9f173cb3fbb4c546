"""What doors of other rooms may use of the web."""

from . import doors
from .answers import refused, wants_json
from .cldr import page_locale
from .sockets import Asker, Block, MenuItem, home_blocks, menu, who_asks
from .views import front_door, icon

__all__ = [
    "Asker",
    "Block",
    "MenuItem",
    "doors",
    "front_door",
    "home_blocks",
    "icon",
    "menu",
    "page_locale",
    "refused",
    "wants_json",
    "who_asks",
]

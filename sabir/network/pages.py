"""Rows grouped as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import combining, normalize

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import Organisation

REGIONS = ("west_africa", "north_africa", "europe", "other")


@dataclass(slots=True)
class Country:
    """A country and its organisations."""

    name: str
    members: list[Organisation] = field(default_factory=list)


@dataclass(slots=True)
class Region:
    """A region of the network and its countries, by name."""

    name: str
    countries: list[Country] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many organisations stand in this region's list."""
        return sum(len(country.members) for country in self.countries)


def members_by_region(members: Iterable[Organisation]) -> list[Region]:
    """Region -> country -> members, countries sorted by their name in the language of the page."""
    names = {
        "west_africa": _("West Africa"),
        "north_africa": _("North Africa"),
        "europe": _("Europe"),
        "other": _("Elsewhere"),
    }
    territories = Locale.parse(get_language() or "fr").territories
    regions = {code: Region(names[code]) for code in REGIONS}
    for member in members:
        region = regions[member.region if member.region in regions else "other"]
        name = str(territories.get(member.country, member.country))
        country = next((one for one in region.countries if one.name == name), None)
        if country is None:
            region.countries.append(country := Country(name))
        country.members.append(member)
    for region in regions.values():
        region.countries.sort(key=lambda country: _plain(country.name))
    return [region for region in regions.values() if region.countries]


def _plain(name: str) -> str:
    """A name as it is sorted: without accents, so that Bénin stands before Burkina Faso."""
    return "".join(sign for sign in normalize("NFKD", name.casefold()) if not combining(sign))

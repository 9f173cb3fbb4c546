"""The demonstration fills an empty home only, and says what to do where it was interrupted."""

import pytest

from config import demonstration
from config.home import Home
from sabir.kernel.public import NotNow
from sabir.network.models import Person


@pytest.fixture
def home(cast, settings, tmp_path):
    """A home in which somebody has an account already."""
    settings.HOME = Home(tmp_path)
    return tmp_path


def test_a_unions_own_home_is_left_alone(home):
    before = Person.objects.count()
    demonstration.load()
    assert Person.objects.count() == before
    assert list(home.iterdir()) == []


def test_an_interrupted_start_is_told_in_words(home):
    (home / "demonstration.begun").touch()
    with pytest.raises(NotNow, match=r"demonstration\.unfinished") as refused:
        demonstration.load()
    assert str(home) in refused.value.text

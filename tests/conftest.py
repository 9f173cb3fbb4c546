"""What every test may ask for. The database is SQLite, or PostgreSQL where SABIR_TEST_DATABASE says so."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import django
import pytest
from django.conf import settings

from config.translations import compile_catalogues

# Before Django reads its settings (which is why pytest's own configuration does not name them): a home of the tests'
# own, thrown away afterwards.
_HOME = tempfile.TemporaryDirectory(prefix="sabir-tests-")
os.environ["SABIR_HOME"] = _HOME.name
Path(_HOME.name, "static").mkdir()
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

# Before the first text is asked for, because what is not compiled then stays English in this process.
compile_catalogues()

if os.environ.get("SABIR_TEST_DATABASE") == "postgres":
    from tests.postgres import private_server

    os.environ["DATABASE_URL"] = private_server()
else:
    os.environ.pop("DATABASE_URL", None)

# A file, as in life: an SQLite database in memory refuses a second writer instead of letting it wait.
if "sqlite" in str(settings.DATABASES["default"]["ENGINE"]):
    # Updated, not replaced: in a second process of the tests Django has filled it with its defaults already.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(Path(_HOME.name) / "tests.sqlite3")

# Rooms are imported by the tests' modules, so the applications must stand before any is collected.
django.setup()


@pytest.fixture(autouse=True)
def _no_built_files(settings: object) -> None:
    """Pages are rendered without collecting static files first, and passwords are not stretched."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture
def cast(db: None) -> object:
    """Amina, Badr, Celia, Dario and their organisations (tests/cast.py)."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def acting() -> Callable[[object], object]:
    """`acting(cast.amina)` is the actor she is."""
    from tests.cast import acting as actor_of

    return actor_of


@pytest.fixture
def sealed_folder(settings: object, tmp_path: Path) -> Path:
    """An empty folder for sealed files."""
    settings.SEALED_FOLDER = tmp_path / "sealed"  # type: ignore[attr-defined]
    settings.SEALED_FOLDER.mkdir()  # type: ignore[attr-defined]
    return settings.SEALED_FOLDER  # type: ignore[attr-defined]


@pytest.fixture
def samples() -> Path:
    """The folder of real forms and hostile files named by SABIR_SAMPLES."""
    named = os.environ.get("SABIR_SAMPLES", str(Path(__file__).resolve().parents[2] / "shared" / "samples"))
    if not Path(named).is_dir():
        pytest.skip("set SABIR_SAMPLES to the folder of sample forms")
    return Path(named).resolve()

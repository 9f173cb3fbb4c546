"""How the database is opened, on whichever of the two the tests run."""

from django.conf import settings
from django.db import connection

from config.settings import MOST_POOLED, _pool

FULL = 2


def test_the_database_is_opened_as_promised(db):
    {"sqlite": sqlite_loses_nothing_and_overwrites, "postgresql": postgres_has_a_pool}[connection.vendor]()


def sqlite_loses_nothing_and_overwrites():
    asked = {"journal_mode": "wal", "synchronous": FULL, "secure_delete": 1, "foreign_keys": 1}
    with connection.cursor() as cursor:
        found = {pragma: cursor.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in asked}
    assert found == asked
    assert connection.transaction_mode == "IMMEDIATE"
    assert settings.DATABASES["default"]["CONN_MAX_AGE"] is None


def postgres_has_a_pool():
    assert settings.DATABASES["default"]["CONN_MAX_AGE"] == 0
    assert 1 <= settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] <= MOST_POOLED


def test_no_setting_makes_the_pool_larger_than_twenty(monkeypatch):
    monkeypatch.setenv("SABIR_POOL", "100")
    assert _pool()["max_size"] == MOST_POOLED == 20
    monkeypatch.setenv("SABIR_POOL", "3")
    assert _pool()["max_size"] == 3

"""One server and one Chromium for the package. No test here may use Django's database: Playwright keeps a loop running."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.installation import Installation, copied, demonstration, served, shared_folder

from .visitor import Visitor, visiting

CHROMIUM = os.environ.get("SABIR_CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
ARGUMENTS += "--disable-component-update --disable-sync"


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    original = demonstration(shared_folder(tmp_path_factory))
    with served(copied(original, tmp_path_factory.mktemp("browser") / "home")) as running:
        yield running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if not shutil.which(CHROMIUM):
        pytest.skip("apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def visit(server: Installation, chromium: Browser) -> object:
    """`with visit("phone") as amal:` is someone at a screen; at the end nothing may have left for elsewhere."""

    def begin(screen: str, **options: object) -> object:
        return visiting(chromium, server, screen, **options)

    return begin


@pytest.fixture
def desktop(visit) -> Iterator[Visitor]:
    with visit("desktop") as visitor:
        yield visitor


@pytest.fixture
def phone(visit) -> Iterator[Visitor]:
    with visit("phone") as visitor:
        yield visitor


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures go: aside, or among those of the documentation where SABIR_SHOTS asks for new ones."""
    if os.environ.get("SABIR_SHOTS"):
        return Path(__file__).resolve().parents[2] / "docs" / "shots"
    return tmp_path_factory.mktemp("shots")

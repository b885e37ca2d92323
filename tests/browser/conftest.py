"""One running site and one Chromium for all tests of this folder that run in the same process."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.serving import Site
from tests.browser.visiting import Visit

NO_BROWSER = "no Chromium here: install Debian's chromium, or name one in LMS_TEST_CHROMIUM"
HERE = "tests/browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium, or at least the running site."""
    for item in items:
        if HERE in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str | None:
    """Path of a Chromium: `LMS_TEST_CHROMIUM`, or the system's."""
    given = os.environ.get("LMS_TEST_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome")
    return given or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium, or a skip that says so; on a build server its absence is a failure."""
    path = find_chromium()
    if path is None and os.environ.get("CI"):
        pytest.fail(NO_BROWSER)
    if path is None:
        print(NO_BROWSER)
        pytest.skip(NO_BROWSER)
    return path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running site, with its demonstration."""
    running = Site(tmp_path_factory.mktemp("site"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def launch(chromium_path: str) -> Iterator[Callable[..., Browser]]:
    """Starts a Chromium with further options."""
    with sync_playwright() as playwright, ExitStack() as stack:

        def start(**options: Any) -> Browser:
            browser = playwright.chromium.launch(executable_path=chromium_path, **options)
            stack.callback(browser.close)
            return browser

        yield start


@pytest.fixture(scope="session")
def chromium(launch: Callable[..., Browser]) -> Browser:
    """One Chromium for most tests."""
    return launch()


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    """`visit(script=False, language="fr")`: somebody at a phone of their own."""
    with ExitStack() as stack:

        def arrive(**wishes: Any) -> Visit:
            visit = Visit(chromium, site, **wishes)
            stack.callback(visit.leave)
            return visit

        yield arrive

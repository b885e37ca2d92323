"""A filled site for each test; its server is stopped at the end, whatever happened to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A site that has been filled and is not running yet."""
    site = Server(tmp_path)
    site.fill()
    yield site
    site.stop()

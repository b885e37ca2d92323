"""A server that a test starts, and leaves nothing open of."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from lms.app import create_app
from lms.base.database import db
from lms.settings import Settings


@contextmanager
def serving(settings: Settings) -> Iterator[Flask]:
    """The server, its app context pushed; its connections are closed behind it."""
    server = create_app(settings)
    with server.app_context():
        try:
            yield server
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()

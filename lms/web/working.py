"""Long work beside the pages: a thread of this process does the jobs that wait."""

import threading
from pathlib import Path

from flask import Flask, current_app

from lms.base.database import db
from lms.base.jobs import work_off
from lms.exchange.handlers import handlers
from lms.settings import Settings

_one_at_a_time = threading.Lock()
_threads: list[threading.Thread] = []


def do_now(job: str) -> None:
    """Does one job while its sender waits."""
    db.session().rollback()
    work_off(handlers(_folder(current_app)), only=job)


def do_soon() -> None:
    """Does all jobs that wait in a thread of its own, with an app context of its own."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    thread = threading.Thread(target=_work, args=(app,), daemon=True, name="relais-jobs")
    _threads[:] = [each for each in _threads if each.is_alive()] + [thread]
    thread.start()


def wait_until_done() -> None:
    """Waits for the threads of this process."""
    for thread in _threads:
        thread.join()


def _work(app: Flask) -> None:
    with _one_at_a_time, app.app_context():
        try:
            work_off(handlers(_folder(app)))
        finally:
            db.session.remove()


def _folder(app: Flask) -> Path:
    settings: Settings = app.settings  # type: ignore[attr-defined]
    return settings.instance_dir

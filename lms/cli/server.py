"""The server a command works on."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click

from lms.app import Relais, create_app
from lms.base.schema import prepare_databases
from lms.settings import read_settings

P = ParamSpec("P")
R = TypeVar("R")


def this_server() -> Relais:
    """The server that `flask` has loaded, or one built from the settings."""
    context = click.get_current_context().find_object(object)
    loaded = getattr(context, "load_app", None)
    return loaded() if loaded else create_app(read_settings())


def on_the_record(command: Callable[P, R]) -> Callable[P, R]:
    """Runs the command with its databases ready."""

    @wraps(command)
    def ready(*args: P.args, **kwargs: P.kwargs) -> R:
        app = this_server()
        with app.app_context():
            prepare_databases()
            return command(*args, **kwargs)

    return ready


def progress_bar(label: str) -> Any:
    """A bar in the terminal, driven by (done, total)."""
    bar = click.progressbar(length=1, label=label)

    def move(done: int, total: int) -> None:
        bar.length = max(total, 1)
        bar.update(done - bar.pos)

    return bar, move

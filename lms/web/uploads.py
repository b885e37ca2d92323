"""Forms that carry a large file: only named views take one, and only from who is signed in."""

from collections.abc import Callable
from typing import Final, TypeVar

from flask import Flask, request

from lms.web.visitor import visitor

V = TypeVar("V", bound=Callable[..., object])
A_LITTLE_MORE: Final = 1024 * 1024


def takes_files(most: int) -> Callable[[V], V]:
    """The view accepts requests of `most` bytes and a little more; all others keep the limit of
    the site."""

    def mark(view: V) -> V:
        view.takes_bytes = most + A_LITTLE_MORE  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask) -> None:
    """Raises the limit before anything reads the form."""

    @app.before_request
    def allow_large_file() -> None:
        view = app.view_functions.get(request.endpoint or "")
        most = getattr(view, "takes_bytes", 0)
        if most and visitor() is not None:
            request.max_content_length = most

"""How a desk is made: who may approach it, and how its visitors' work is saved."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from lms.base.clock import now
from lms.base.database import writing
from lms.base.language import Sentence, sentence
from lms.base.refusals import Refusal
from lms.people.rules import Position, Visitor
from lms.record.events import Actor
from lms.web.language import RULE
from lms.web.second_step import second_step_is_due
from lms.web.standing import this_device
from lms.web.visitor import visitor

P = ParamSpec("P")
R = TypeVar("R")

EVERYBODY: Final = "everybody"


class NotAtAKioskDesk(Refusal):
    says = sentence(
        "This page does not open at a kiosk, because other people use it too. Sign in on another "
        "computer."
    )


class Desk(Blueprint):
    """A blueprint that admits only some positions to all its pages. `EVERYBODY` needs no sign-in,
    "learner" is anybody who is signed in. At a kiosk, which is everybody's machine, a desk of
    positions stays shut unless it is made for the counter."""

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        admits: tuple[str, ...],
        path: str = "",
        at_kiosks: bool = False,
    ) -> None:
        super().__init__(name, import_name, url_prefix=f"/{RULE}{path}")
        self.admits = admits
        self.at_kiosks = at_kiosks or "learner" in admits
        self.before_request(self._guard)

    def _guard(self) -> Any:
        if EVERYBODY in self.admits:
            return None
        somebody = visitor()
        if somebody is None:
            return ask_to_sign_in()
        if this_device() and not self.at_kiosks:
            raise NotAtAKioskDesk
        if not somebody.acts_as(*self.admits):  # type: ignore[arg-type]
            abort(403)
        if second_step_is_due(somebody, self.admits):
            return redirect(url_for("own.my_second_step"), 303)
        return None


def ask_to_sign_in() -> Any:
    """To the sign-in page and back; what was being sent is kept on the way. At a kiosk the next
    person begins anew: nothing is kept for them."""
    if this_device():
        return redirect(url_for("kiosk.start"), 303)
    if request.method == "POST":
        from lms.web.again import keep_for_later

        return keep_for_later()
    return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")), 303)


def saves(view: Callable[P, R]) -> Callable[P, R]:
    """One request, one transaction, committed here. Pages are rendered after it."""

    @wraps(view)
    def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing():
            return view(*args, **kwargs)

    in_one_transaction.saves = True  # type: ignore[attr-defined]
    return in_one_transaction


def at_the_desk() -> Visitor:
    """The visitor of a desk that only admits who is signed in."""
    somebody = visitor()
    if somebody is None:
        abort(401)
    return somebody


def acting_as(position: Position) -> Actor:
    """The visitor as the actor of an event."""
    roles = {"learner": "learner", "trainer": "trainer"}
    return Actor(at_the_desk().person, roles.get(position, "officer"))  # type: ignore[arg-type]


def go(endpoint: str, **values: Any) -> Response:
    """See other: the answer to a form that was accepted."""
    return redirect(url_for(endpoint, **values), 303)


def say(text: Sentence) -> str:
    """A room's sentence in the reader's language."""
    from flask_babel import gettext

    return text.in_words(gettext)


__all__ = [
    "EVERYBODY",
    "Desk",
    "NotAtAKioskDesk",
    "acting_as",
    "ask_to_sign_in",
    "at_the_desk",
    "go",
    "now",
    "saves",
    "say",
]

"""Who should sign in with two steps and does not yet."""

from flask import current_app, g

from lms.people.access.queries import has_second_step
from lms.people.rules import STRONG, Visitor
from lms.settings import Settings


def second_step_is_missing(visitor: Visitor | None) -> bool:
    """Whether the visitor's position asks for a second step that is not set up. The people of the
    demonstration share their password with everybody, so it asks nothing of them."""
    if visitor is None or visitor.demo or visitor.kiosk or not visitor.acts_as(*STRONG):
        return False
    if "second_step" not in g:
        g.second_step = has_second_step(visitor.person)
    return not g.second_step


def second_step_is_due(visitor: Visitor, admits: tuple[str, ...]) -> bool:
    """Whether this desk stays shut until the second step is set up."""
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    protected = settings.two_step == "required" and bool(set(admits) & set(STRONG))
    return protected and second_step_is_missing(visitor)

"""One's own password, typed once more before how one signs in is changed."""

from lms.base.clock import now
from lms.base.database import db
from lms.people.access.actions import refuse_too_many_codes, remember_wrong_code
from lms.people.actions import prove_password
from lms.people.rules import WrongSignIn
from lms.web.visitor import address


def prove(person: str, password: str) -> None:
    """Refuses with `WrongSignIn`, or with `TooManyTries` who guesses: a machine that was left open
    is no way to find a password out."""
    refuse_too_many_codes(person=person, address=address(), at=now())
    try:
        prove_password(person=person, password=password)
    except WrongSignIn:
        db.session().rollback()
        remember_wrong_code(person=person, address=address(), at=now())
        raise

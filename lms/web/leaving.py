"""Telling somebody who signs in that their name is to be removed: others may have asked for it, on
their behalf or with a PIN that was seen."""

from flask import flash
from flask_babel import gettext as _

from lms.people.erasures.queries import erasure_of
from lms.web.language import dateformat


def tell_of_erasure(person: str) -> None:
    """A message on the next page: what is to be done, and where to call it off."""
    erasure = erasure_of(person)
    if erasure is None:
        return
    if erasure.on:
        day = dateformat(erasure.on, "long")
        words = _("It was asked on your behalf to remove your name on %(day)s.", day=day)
        if not erasure.ground:
            words = _("You asked to have your name removed on %(day)s.", day=day)
    else:
        words = _("It was asked on your behalf to remove your name.")
    how = _("If this is wrong, keep your name: My account, then My data.")
    flash(f"{words} {how}", "warning")

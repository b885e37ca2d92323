"""Telling somebody who signs in that their name is to be removed, where others asked for it."""

from flask import flash
from flask_babel import format_date
from flask_babel import gettext as _

from lms.people.erasures.queries import erasure_of


def tell_of_erasure(person: str) -> None:
    """A message on the next page: what is to be done, and where to call it off."""
    erasure = erasure_of(person)
    if erasure is None or not erasure.ground:
        return
    if erasure.on:
        day = format_date(erasure.on, "long")
        words = _("It was asked on your behalf to remove your name on %(day)s.", day=day)
    else:
        words = _("It was asked on your behalf to remove your name.")
    how = _("If this is wrong, keep your name: My account, then My data.")
    flash(f"{words} {how}", "warning")

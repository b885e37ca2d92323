"""Headcounts at the secretariat's desk."""

from typing import Any

from lms.web.headcounts.showing import answer_headcounts, take_headcount
from lms.web.secretariat.asking import my_scope
from lms.web.secretariat.desk import desk


@desk.get("/headcounts")
def headcounts() -> Any:
    """What was handed in, for every operator."""
    return answer_headcounts("secretariat.headcounts", my_scope(), my_scope(), ())


@desk.post("/headcounts")
def return_headcount() -> Any:
    """A headcount is handed in."""
    return take_headcount("secretariat.headcounts", my_scope(), my_scope(), ())

"""The six questions about everyday activities: answered by the person alone, or not at all."""

from typing import Any

from flask import flash
from flask_babel import gettext as _

from lms.base.clock import now
from lms.base.database import writing
from lms.base.language import Sentence
from lms.people.functioning.actions import (
    forget_functioning,
    prefer_not_to_say,
    tell_functioning,
)
from lms.people.functioning.queries import told_by
from lms.people.functioning.rules import ConsentMissing, WordingMissing, disability
from lms.people.functioning.wordings import official_wording
from lms.web.account.desk import own
from lms.web.account.my_data_forms import FunctioningForm, functioning_form
from lms.web.account.my_data_pages import FunctioningPage
from lms.web.desk import at_the_desk, go
from lms.web.language import current_language, same_place
from lms.web.pages import show
from lms.web.tickets import new_ticket, read_ticket


@own.get("/data/activities")
def my_activities() -> Any:
    """The questions, or what I told."""
    return show("account/activities.html", _page())


@own.post("/data/activities")
def tell_activities() -> Any:
    """My answers, with my consent; the second button keeps none of them."""
    wording = official_wording(current_language())
    if wording is None:
        raise WordingMissing
    form = functioning_form(wording)
    read_ticket("activities")
    me, language = at_the_desk().person, current_language()
    if not form.validate():
        return show("account/activities.html", _page(form), 400)
    if not form.agreed.data:
        return show("account/activities.html", _page(form, ConsentMissing().sentence), 400)
    with writing():
        tell_functioning(
            person=me,
            answers=form.answers(),
            agreed=True,
            language=language,
            at=now(),
        )
    flash(_("Your answers are kept. You can remove them here at any time."), "success")
    return go("own.my_activities")


@own.post("/data/activities/decline")
def decline_activities() -> Any:
    """I prefer not to say: nothing of mine is kept but that."""
    read_ticket("activities")
    with writing():
        prefer_not_to_say(person=at_the_desk().person, language=current_language(), at=now())
    flash(_("No answer of yours is kept."), "success")
    return go("own.my_activities")


@own.post("/data/activities/remove")
def remove_activities() -> Any:
    """As if I had never been asked."""
    read_ticket("activities")
    with writing():
        forget_functioning(person=at_the_desk().person)
    flash(_("Your answers are removed."), "success")
    return go("own.my_activities")


def _page(form: FunctioningForm | None = None, refused: Sentence | None = None) -> FunctioningPage:
    wording = official_wording(current_language())
    told = told_by(at_the_desk().person)
    if form is None and wording is not None:
        form = functioning_form(wording)
    return FunctioningPage(
        wording=wording,
        form=form,
        told=told,
        result=disability(told.answers if told else None),
        ticket=new_ticket("activities"),
        refused=refused,
        english_url=same_place("en"),
    )

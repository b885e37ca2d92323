"""My data: what is kept about me, as a page, a file and on paper; what I can have changed."""

import json
from datetime import date
from typing import Any

from flask import flash
from flask_babel import gettext as _

from lms.base.clock import as_text, now
from lms.base.database import writing
from lms.base.ids import derived_id
from lms.exchange.own_data.gathering import own_data
from lms.exchange.own_data.paper.press import own_data_pdf
from lms.people import queries as people
from lms.people.actions.leaving import GRACE, ask_erasure, keep_me
from lms.people.audit import note
from lms.people.corrections.actions import ask_correction
from lms.people.corrections.rules import TooManyOpen
from lms.people.erasures.queries import erasure_of
from lms.people.rules import Person
from lms.web.account.desk import not_at_a_kiosk, own
from lms.web.account.my_data_forms import correction_form
from lms.web.account.my_data_pages import CorrectionPage, ErasurePage, MyDataPage
from lms.web.account.my_data_words import my_sections
from lms.web.desk import acting_as, at_the_desk, go, saves
from lms.web.exports import as_download
from lms.web.language import current_language, dateformat
from lms.web.pages import show
from lms.web.tickets import new_ticket, read_ticket

_TO_THE_MINUTE = 16


def _me() -> Person:
    return people.current_person(at_the_desk().person)


@own.get("/data")
def my_data() -> Any:
    """Everything that is kept about me, in words."""
    me = _me()
    page = MyDataPage(
        sections=my_sections(me),
        erasure=erasure_of(me.id),
        keep_ticket=new_ticket("keep", me.id),
        export_ticket=new_ticket("my-data"),
        kiosk=at_the_desk().kiosk,
    )
    return show("account/my_data.html", page)


def _note_export(form: str) -> None:
    ticket, at = read_ticket("my-data"), now()
    with writing():
        note(
            "export.my-data",
            by=acting_as("learner"),
            at=at,
            learner=at_the_desk().person,
            detail={"form": form},
            event_id=derived_id("export", ticket.id, form, as_text(at)[:_TO_THE_MINUTE]),
        )


@own.post("/data.json")
def download_my_data() -> Any:
    """The whole of it, for a machine to read."""
    me = not_at_a_kiosk().person
    _note_export("json")
    text = json.dumps(own_data(me, now()), ensure_ascii=False, indent=1, sort_keys=True)
    words = _("my-data")
    name = f"{words}-{as_text(now())[:10]}.json"
    return as_download(text, "application/json", name)


@own.post("/data.pdf")
def print_my_data() -> Any:
    """What the page says, on paper."""
    not_at_a_kiosk()
    _note_export("pdf")
    at, me = now(), _me()
    made = _("Made on %(day)s", day=dateformat(at, "long"))
    subtitle = f"{me.name or me.number} – {made}"
    pdf = own_data_pdf(
        _("What is kept about me"), subtitle, my_sections(me), language=current_language(), at=at
    )
    words = _("my-data")
    return as_download(pdf, "application/pdf", f"{words}-{as_text(at)[:10]}.pdf")


@own.route("/data/correction", methods=["GET", "POST"])
def correct_my_data() -> Any:
    """I say what is wrong; my manager answers."""
    form = correction_form()
    if not form.is_submitted():
        return show("account/correction.html", _correction_page(form))
    ticket = read_ticket("correction")
    if not form.validate():
        return show("account/correction.html", _correction_page(form), 400)
    try:
        with writing():
            ask_correction(
                person=at_the_desk().person,
                about=form.about.data,
                text=form.text.data,
                by=acting_as("learner"),
                at=now(),
                event_id=ticket.id,
            )
    except TooManyOpen as refusal:
        page = _correction_page(form, refusal)
        return show("account/correction.html", page, 400)
    flash(_("Your request is with your manager. The answer will stand on this page."), "success")
    return go("own.my_data")


def _correction_page(form: Any, refusal: TooManyOpen | None = None) -> CorrectionPage:
    return CorrectionPage(form, new_ticket("correction"), refusal.sentence if refusal else None)


def _day_of_erasure(person: str) -> date | None:
    known = erasure_of(person)
    return known.on if known else None


@own.get("/data/erasure")
def erase_my_name() -> Any:
    """What it means to have my name removed."""
    me = at_the_desk().person
    page = ErasurePage(GRACE.days, new_ticket("erasure", me), _day_of_erasure(me))
    return show("account/erasure.html", page)


@own.post("/data/erasure")
@saves
def ask_for_erasure() -> Any:
    """My name is removed after 30 days, unless I change my mind."""
    me = at_the_desk().person
    ticket = read_ticket("erasure", me)
    if _day_of_erasure(me) is None:
        on = ask_erasure(person=me, by=acting_as("learner"), at=now(), event_id=ticket.id)
        day = dateformat(on, "long")
        flash(_("Your name will be removed on %(day)s. Until then you can keep it.", day=day))
    return go("own.my_data")


@own.post("/data/keep")
@saves
def keep_my_name() -> Any:
    """I changed my mind."""
    me = at_the_desk().person
    ticket = read_ticket("keep", me)
    keep_me(person=me, by=acting_as("learner"), at=now(), event_id=ticket.id)
    flash(_("Your name stays."), "success")
    return go("own.my_data")

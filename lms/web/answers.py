"""Reading an answer from the form of a question."""

import json
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from lms.base.ids import derived_id
from lms.courses.rules import Kind, Question
from lms.record.via import company
from lms.web.tickets import Ticket

FIELD = "answer"


def raw_answer(question: Question, form: MultiDict[str, str]) -> dict[str, Any]:
    """The answer as it was typed, in the shape that `clean_answer` reads."""
    if question.kind in (Kind.ONE, Kind.SEVERAL):
        return {"chosen": form.getlist(FIELD)}
    if question.kind == Kind.ORDER:
        return {"order": {o.id: form.get(f"{FIELD}-{o.id}", "") for o in question.options}}
    if question.kind == Kind.MATCH:
        return {"pairs": {left.id: form.get(f"{FIELD}-{left.id}", "") for left in question.lefts}}
    return {"text": form.get(FIELD, "")}


def shown_again(raw: dict[str, Any]) -> dict[str, Any]:
    """What was typed, for a form that is shown again: chosen, places, pairs, text."""
    places = {key: int(value) for key, value in raw.get("order", {}).items() if value.isdecimal()}
    return {
        "chosen": raw.get("chosen", ()),
        "places": places,
        "pairs": raw.get("pairs", {}),
        "text": raw.get("text", ""),
    }


def given_before(answer: Any) -> dict[str, Any]:
    """An answer that was recorded, for a form that may change it."""
    order = answer.get("order", ())
    return {
        "chosen": answer.get("chosen", ()),
        "places": {item: place for place, item in enumerate(order, start=1)},
        "pairs": answer.get("pairs", {}),
        "text": answer.get("text", ""),
    }


def id_of_answer(ticket: Ticket, answer: Mapping[str, Any]) -> str:
    """The same answer on the same form is the same event. Another answer on a page that the
    browser had kept is a new one, not a contradiction; so is the same answer given with help."""
    beside = company()
    how = (beside.helper, beside.mode) if beside else ()
    return derived_id(ticket.id, json.dumps(answer, sort_keys=True), *how)


NOTHING_GIVEN: dict[str, Any] = {"chosen": (), "places": {}, "pairs": {}, "text": ""}

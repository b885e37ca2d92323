"""What was planned for a person, called off before its day."""

from typing import Any

from flask import flash, request
from flask_babel import gettext as _

from lms.base.clock import now
from lms.people.actions import moving
from lms.people.actions.moving import NotPlanned
from lms.people.queries.assignments import planned_for
from lms.web.desk import acting_as, go, saves
from lms.web.manager.desk import desk
from lms.web.manager.person import is_mine, person_of_mine
from lms.web.tickets import read_ticket


@desk.post("/people/<person>/planned")
@saves
def call_off(person: str) -> Any:
    """A move, or a further office, of a day to come is void."""
    found, event = person_of_mine(person), request.form.get("event", "")
    ticket = read_ticket("call-off", found.id, event)
    planned = {each.event: each.office for each in planned_for(found.id, now().date())}
    if event in planned and not is_mine(planned[event]):
        raise NotPlanned
    moving.call_off(
        person=found.id, event=event, by=acting_as("manager"), at=now(), event_id=ticket.id
    )
    flash(
        _("It is called off. %(name)s stays where they belong today.", name=found.name), "success"
    )
    return go("manager.open_person", person=found.id)

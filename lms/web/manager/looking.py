"""Asking to see what is sensitive about somebody: noted, then shown for some minutes."""

from typing import Any

from lms.people.sensitive.queries import contact_of
from lms.web.confidences import note_look, read_viewing_ticket
from lms.web.desk import go, saves
from lms.web.manager.desk import desk
from lms.web.manager.duplicates_showing import sensitive_of, subject_of_both, two_of_mine
from lms.web.manager.person import person_of_mine


@desk.post("/people/<person>/contact")
@saves
def see_contact(person: str) -> Any:
    """Telephone, address and year of birth of a person of mine."""
    found = person_of_mine(person)
    ticket = read_viewing_ticket(found.id)
    note_look(ticket, found.id, {found.id: contact_of(found.id).fields})
    return go("manager.open_person", person=found.id)


@desk.post("/duplicates/<person>/<other>/contact")
@saves
def see_both(person: str, other: str) -> Any:
    """The same of two records side by side."""
    both, subject = two_of_mine(person, other), subject_of_both(person, other)
    ticket = read_viewing_ticket(subject)
    note_look(ticket, subject, {each.id: sensitive_of(each) for each in both})
    return go("manager.compare_people", person=person, other=other)

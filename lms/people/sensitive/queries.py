"""Reading the sensitive facts about a person."""

from lms.base.database import db
from lms.people.sensitive.rules import Contact
from lms.people.tables import LearnerRow, PersonRow
from lms.record.aliases import canonical_of


def contact_of(person: str) -> Contact:
    """What is kept about a person, under the id that stands for them today."""
    one = canonical_of(person)
    names, learner = db.session().get(PersonRow, one), db.session().get(LearnerRow, one)
    birth_year = learner.birth_year if learner else None
    return Contact(
        phone=(names.telephone or names.phone) if names else "",
        email=names.email if names else "",
        birth_year=str(birth_year or ""),
    )

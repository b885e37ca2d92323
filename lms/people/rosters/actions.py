"""Writing many names at once. Names stand in no event, so they are written beside them."""

from collections.abc import Collection, Sequence
from typing import Final

from sqlalchemy import delete, insert, select, update

from lms.base.database import db
from lms.people.rosters.rules import Names
from lms.people.rules import clean_login, fold_text
from lms.people.sounds import clean_phone, clean_telephone, sound_of
from lms.people.tables import PersonRow

_MANY: Final = 400


def write_names(names: Sequence[Names]) -> None:
    """Writes or replaces the names of these persons, in the present write transaction. The caller
    has made sure that none of them was erased."""
    session = db.session()
    for start in range(0, len(names), _MANY):
        some = {each.person: _row(each) for each in names[start : start + _MANY]}
        known = set(session.scalars(select(PersonRow.id).where(PersonRow.id.in_(list(some)))))
        new = [row for person, row in some.items() if person not in known]
        renamed = [row for person, row in some.items() if person in known]
        if new:
            session.execute(insert(PersonRow), new)
        if renamed:
            session.execute(update(PersonRow), renamed)


def _row(names: Names) -> dict[str, str]:
    name = f"{names.given_name.strip()} {names.family_name.strip()}"
    login, email = clean_login(names.staff_number), clean_login(names.email)
    phone = clean_phone(names.phone)
    return {
        "id": names.person,
        "given_name": names.given_name.strip(),
        "family_name": names.family_name.strip(),
        "staff_number": login,
        "email": email,
        "phone": phone,
        "telephone": clean_telephone(names.telephone),
        "sound": sound_of(name),
        "search": fold_text(f"{name} {login} {email} {phone}"),
    }


def forget_names(persons: Collection[str]) -> None:
    """Removes the names of people who were registered by mistake."""
    wanted = sorted(persons)
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        db.session().execute(delete(PersonRow).where(PersonRow.id.in_(some)))
    db.session().flush()

"""Reading about cards and PINs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from lms.base.clock import as_text
from lms.base.database import db, work_reading
from lms.people.cards.rules import WRONG_PINS, CardState
from lms.people.cards.tables import CardRow, CounterDayRow, PinCodeRow, PinRow
from lms.people.queries import may_enter, person_numbered
from lms.people.tables import LearnerRow
from lms.record.aliases import aliases_of, canonical_of, members_of


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a card number means, and how their PIN is checked. `verifier` is empty without a PIN;
    `pin_of` is the id under which it was chosen, another one where two were found to be one."""

    person: str
    pin_of: str
    verifier: str
    failures: int
    demo: bool


def find_holder(number: str) -> Holder | None:
    """Whose card this is, unless it was withdrawn or the account is closed."""
    person = person_numbered(number)
    if person is None:
        return None
    statement = (
        select(LearnerRow.demo)
        .outerjoin(CardRow, CardRow.learner == LearnerRow.id)
        .where(LearnerRow.id == person, ~LearnerRow.closed)
        .where(func.coalesce(CardRow.withdrawn_at, "") == "")
    )
    row = db.session().execute(statement).one_or_none()
    if row is None:
        return None
    pins = select(PinRow).where(PinRow.person.in_(aliases_of(person))).order_by(PinRow.person)
    pin = db.session().scalars(pins).first()
    if pin is None:
        return Holder(person, person, "", 0, row.demo)
    return Holder(person, pin.person, pin.verifier, pin.failures, row.demo)


def card_state_of(person: str) -> CardState:
    """What a helper sees of the person's card and PIN."""
    return card_states_of([person])[person]


def card_states_of(persons: Collection[str]) -> dict[str, CardState]:
    """Person → state of card and PIN, also of a PIN that was chosen before two became one."""
    wanted = sorted(set(persons))
    cards = select(CardRow).where(CardRow.learner.in_(wanted))
    issued = {row.learner: row for row in db.session().scalars(cards)}
    whose = {**{each: each for each in wanted}, **members_of(wanted)}
    pins = select(PinRow.person, PinRow.failures).where(PinRow.person.in_(list(whose)))
    failures: dict[str, int] = {}
    for row in db.session().execute(pins.order_by(PinRow.person)):
        failures.setdefault(whose[row.person], row.failures)
    return {each: _state(issued.get(each), failures.get(each)) for each in wanted}


def _state(card: CardRow | None, failures: int | None) -> CardState:
    held = "none" if card is None else "withdrawn" if card.withdrawn_at else "issued"
    pin = "none" if failures is None else "locked" if failures >= WRONG_PINS else "chosen"
    return CardState(held, card.issued_at if card else "", pin)


def person_choosing(handle: str, organisation: str, at: datetime) -> tuple[str, bool] | None:
    """(person, whether the PIN was typed once already) behind a code in use at this office; None
    too where their account was closed since."""
    statement = select(PinCodeRow.person, PinCodeRow.draft).where(
        PinCodeRow.code_hash == handle,
        PinCodeRow.organisation == organisation,
        PinCodeRow.ends_at > as_text(at),
    )
    with work_reading() as work:
        row = work.execute(statement).one_or_none()
    person = canonical_of(row.person) if row else ""
    return (person, bool(row.draft)) if row and may_enter(person) else None


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who was at the counter today. `at` is when they were seen last."""

    person: str
    registered: bool
    signed_in: bool
    at: str


def seen_at(organisation: str, day: date) -> list[Seen]:
    """Who was at an office on a day, the latest first, each person once."""
    statement = select(CounterDayRow.person, CounterDayRow.how, CounterDayRow.at).where(
        CounterDayRow.organisation == organisation, CounterDayRow.day == day.isoformat()
    )
    with work_reading() as work:
        rows = work.execute(statement.order_by(CounterDayRow.at.desc())).all()
    ways: dict[str, set[str]] = {}
    latest: dict[str, str] = {}
    for row in rows:
        ways.setdefault(row.person, set()).add(row.how)
        latest.setdefault(row.person, row.at)
    return [
        Seen(person, "registered" in ways[person], "signed-in" in ways[person], at)
        for person, at in latest.items()
    ]

"""Reading about cards and PINs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from lms.base.clock import as_text
from lms.base.database import db, work_reading
from lms.people.cards.rules import WRONG_PINS, CardState
from lms.people.cards.tables import CardRow, CounterDayRow, PinCodeRow, PinRow
from lms.people.tables import LearnerRow


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a card number means, and how their PIN is checked. `verifier` is empty without a PIN."""

    person: str
    verifier: str
    failures: int
    demo: bool


def find_holder(number: str) -> Holder | None:
    """The one person with this card number whose card was not withdrawn."""
    statement = (
        select(LearnerRow.id, PinRow.verifier, PinRow.failures, LearnerRow.demo)
        .outerjoin(PinRow, PinRow.person == LearnerRow.id)
        .outerjoin(CardRow, CardRow.learner == LearnerRow.id)
        .where(LearnerRow.number == number, func.coalesce(CardRow.withdrawn_at, "") == "")
        .limit(2)
    )
    rows = db.session().execute(statement).all()
    if len(rows) != 1:
        return None
    row = rows[0]
    return Holder(row.id, row.verifier or "", row.failures or 0, row.demo)


def card_state_of(person: str) -> CardState:
    """What a helper sees of the person's card and PIN."""
    return card_states_of([person])[person]


def card_states_of(persons: Collection[str]) -> dict[str, CardState]:
    """Person → state of card and PIN."""
    wanted = sorted(set(persons))
    cards = select(CardRow).where(CardRow.learner.in_(wanted))
    issued = {row.learner: row for row in db.session().scalars(cards)}
    pins = select(PinRow.person, PinRow.failures).where(PinRow.person.in_(wanted))
    failures = dict(db.session().execute(pins).tuples().all())
    return {each: _state(issued.get(each), failures.get(each)) for each in wanted}


def _state(card: CardRow | None, failures: int | None) -> CardState:
    held = "none" if card is None else "withdrawn" if card.withdrawn_at else "issued"
    pin = "none" if failures is None else "locked" if failures >= WRONG_PINS else "chosen"
    return CardState(held, card.issued_at if card else "", pin)


def person_choosing(handle: str, organisation: str, at: datetime) -> tuple[str, bool] | None:
    """(person, whether the PIN was typed once already) behind a code in use at this office."""
    statement = select(PinCodeRow.person, PinCodeRow.draft).where(
        PinCodeRow.code_hash == handle,
        PinCodeRow.organisation == organisation,
        PinCodeRow.ends_at > as_text(at),
    )
    with work_reading() as work:
        row = work.execute(statement).one_or_none()
    return (row.person, bool(row.draft)) if row else None


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who was at the counter today. `how` is registered or signed-in."""

    person: str
    how: str
    at: str


def seen_at(organisation: str, day: date) -> list[Seen]:
    """Who was at an office on a day, the latest first, each person once."""
    statement = select(CounterDayRow.person, CounterDayRow.how, CounterDayRow.at).where(
        CounterDayRow.organisation == organisation, CounterDayRow.day == day.isoformat()
    )
    with work_reading() as work:
        rows = work.execute(statement.order_by(CounterDayRow.at.desc())).all()
    found: dict[str, Seen] = {}
    for row in rows:
        found.setdefault(row.person, Seen(row.person, row.how, row.at))
    return list(found.values())

"""Helpers beside learners, made through the rooms' own doors."""

from datetime import datetime

from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import new_id
from lms.people.actions import begin_session, hash_password
from lms.people.assistance.actions import begin_assistance, end_assistance
from lms.people.queries import token_hash
from tests.builders import make_person
from tests.visitor import Seen, TestVisitor

PASSWORD = "cinq colis sur la balance"
NUMBER = "AIDE-7"


def make_helper(office: str, *, position: str = "helper", at: str = "", **facts: object) -> str:
    """Somebody who helps at an office, with the password of these tests."""
    given: dict[str, object] = {"staff_number": NUMBER, **facts}
    return make_person(
        office=office,
        position=position,
        at=at or office,
        password_hash=hash_password(PASSWORD),
        **given,  # type: ignore[arg-type]
    )


def begin_learning(person: str, *, at: datetime | None = None) -> str:
    """The hash of a session that the person has begun."""
    token = begin_session(person=person, device="test", hours=8, at=at or now())
    return token_hash(token)


def join(
    session: str, learner: str, helper: str, office: str, *, at: datetime, event_id: str = ""
) -> None:
    """The learner agrees and the helper joins, at the same moment."""
    with writing():
        begin_assistance(
            session=session,
            learner=learner,
            helper=helper,
            organisation=office,
            agreed_at=at,
            event_id=event_id or new_id(),
            at=at,
        )
    db.session.rollback()


def part(session: str, *, at: datetime) -> bool:
    """The helper leaves."""
    with writing():
        left = end_assistance(session=session, at=at)
    db.session.rollback()
    return left


def helper_joins(browser: TestVisitor, language: str = "en", login: str = NUMBER) -> Seen:
    """Through the pages: the learner agrees, the helper signs in."""
    page = browser.send(browser.get(f"/{language}/assistance/"), "/agree")
    return browser.send(page, "/helper", login=login, password=PASSWORD)


def press_in_band(browser: TestVisitor, page: Seen, action: str) -> Seen:
    """Presses a button of the band at the top."""
    for form in page.soup.select(".band-assisted form"):
        if str(form["action"]).endswith(action):
            fields = {str(f["name"]): str(f.get("value", "")) for f in form.find_all("input")}
            return browser.post(str(form["action"]), fields)
    raise AssertionError(f"no button {action} in the band")

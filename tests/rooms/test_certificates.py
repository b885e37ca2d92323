"""Certificates: earned once, revoked for good, folded from the record alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from lms.base.database import writing
from lms.base.ids import new_id
from lms.certificates.actions import issue_if_complete, issue_missing, revoke
from lms.certificates.events import CertificateIssued, CertificateRevoked
from lms.certificates.projector import Certificates
from lms.certificates.queries import (
    certificates_of,
    current_certificate,
    find_certificate,
    valid_certificate_for,
)
from lms.certificates.rules import (
    AlreadyRevoked,
    CertificateUnknown,
    ReasonMissing,
    State,
    clean_serial,
    new_serial,
)
from lms.courses.actions import publish_course, ready_folder
from lms.courses.rules import Edition
from lms.record.actions import record
from lms.record.events import SYSTEM, Actor, Event, EventVoided, Happened
from lms.record.queries import count_in_quarantine, events_about
from tests.builders_certificates import NOON, complete_course, make_issued, set_certificate
from tests.builders_courses import make_course_folder

pytestmark = pytest.mark.usefixtures("app")

OFFICER = Actor("officer", "officer")


def happen(*events: Event) -> list[str]:
    """Records events one minute after the other; their ids."""
    happened = [
        Happened(event=event, id=new_id(), by=SYSTEM, at=NOON + timedelta(minutes=minute))
        for minute, event in enumerate(events)
    ]
    with writing():
        return record(happened)


def revoke_it(serial: str, reason: str = "Wrong person", event_id: str | None = None) -> None:
    with writing():
        revoke(
            serial=serial,
            reason=reason,
            by=OFFICER,
            at=NOON + timedelta(days=1),
            event_id=event_id or new_id(),
        )


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return publish(tmp_path, "completion", 24)


def publish(tmp_path: Path, kind: str, valid_months: int = 0) -> Edition:
    folder = make_course_folder(tmp_path)
    set_certificate(folder, kind, valid_months)
    with writing():
        return publish_course(
            ready=ready_folder(folder), note="", by=SYSTEM, event_id=new_id(), at=NOON
        )


def issue(learner: str, edition: Edition, event_id: str | None = None) -> str | None:
    """The serial of what is issued to the learner now, if anything is."""
    with writing():
        certificate = issue_if_complete(
            learner=learner,
            course=edition.slug,
            by=SYSTEM,
            at=NOON + timedelta(hours=1),
            event_id=event_id,
        )
    return certificate.serial if certificate else None


def complete(edition: Edition, learner: str) -> None:
    with writing():
        complete_course(edition, learner, NOON)


def test_a_certificate_is_found_by_its_serial_however_it_is_typed() -> None:
    event = make_issued("awa", valid_until="2027-03-03")
    happen(event)

    certificate = current_certificate(event.certificate.lower().replace("rls", " "), at=NOON)

    assert certificate.serial == event.certificate
    assert clean_serial(certificate.shown) == event.certificate
    assert certificate.learner == "awa"
    assert certificate.title("fr") == "Les colis"
    assert certificate.title("en") == "Parcels"
    assert certificate.completed_on == date(2025, 3, 3)
    assert certificate.evidence == ("a", "b")
    assert certificate.state is State.VALID


def test_an_unknown_serial_finds_nothing() -> None:
    assert find_certificate(new_serial()) is None
    assert find_certificate("<script>") is None
    with pytest.raises(CertificateUnknown):
        current_certificate(new_serial())


def test_a_certificate_expires_after_its_last_day() -> None:
    event = make_issued("awa", valid_until="2025-03-31")
    happen(event)
    last_day = NOON.replace(day=31)

    assert current_certificate(event.certificate, at=last_day).state is State.VALID
    assert valid_certificate_for("awa", "parcels", at=last_day) is not None
    day_after = last_day + timedelta(days=1)
    assert current_certificate(event.certificate, at=day_after).state is State.EXPIRED
    assert valid_certificate_for("awa", "parcels", at=day_after) is None


def test_awa_sees_her_own_certificates_the_last_completed_first() -> None:
    older = make_issued("awa", course="money-orders", completed_on="2025-01-10")
    newer = make_issued("awa")
    happen(older, newer, make_issued("kofi"))

    serials = [certificate.serial for certificate in certificates_of("awa")]

    assert serials == [newer.certificate, older.certificate]


def test_a_revoked_certificate_says_so_and_why() -> None:
    event = make_issued("awa")
    happen(event)

    revoke_it(event.certificate, "  Wrong person ")

    certificate = current_certificate(event.certificate)
    assert certificate.state is State.REVOKED
    assert certificate.revoked_reason == "Wrong person"
    assert certificate.revoked_at == NOON + timedelta(days=1)
    assert valid_certificate_for("awa", "parcels") is None


def test_revoking_is_refused_without_a_reason_twice_or_for_nothing() -> None:
    event = make_issued("awa")
    happen(event)

    with pytest.raises(ReasonMissing):
        revoke_it(event.certificate, "  ")
    with pytest.raises(CertificateUnknown):
        revoke_it(new_serial())
    revoke_it(event.certificate)
    with pytest.raises(AlreadyRevoked):
        revoke_it(event.certificate)


def test_a_double_click_revokes_once() -> None:
    event = make_issued("awa")
    happen(event)
    event_id = new_id()

    revoke_it(event.certificate, event_id=event_id)
    revoke_it(event.certificate, event_id=event_id)

    assert len(events_about(subject=event.certificate, kinds=["certificate.revoked"])) == 1
    assert count_in_quarantine() == 0


def test_voiding_a_revocation_makes_the_certificate_valid_again() -> None:
    event = make_issued("awa")
    happen(event)
    event_id = new_id()
    revoke_it(event.certificate, event_id=event_id)

    happen(EventVoided(target=event_id, reason="mistake"))

    assert current_certificate(event.certificate).state is State.VALID


def test_voiding_the_issue_takes_the_certificate_away() -> None:
    event = make_issued("awa")
    (event_id,) = happen(event)

    happen(EventVoided(target=event_id, reason="mistake"))

    assert find_certificate(event.certificate) is None


def test_the_order_in_which_events_arrive_changes_nothing() -> None:
    def told(order: Sequence[int]) -> tuple[State, str]:
        issued = make_issued("awa")
        serial = issued.certificate
        first = CertificateRevoked("awa", serial, "first")
        second = CertificateRevoked("awa", serial, "second")
        happened = [
            Happened(event=event, id=new_id(), by=SYSTEM, at=NOON + timedelta(hours=hour))
            for hour, event in enumerate((issued, first, second))
        ]
        with writing():
            for place in order:
                record([happened[place]])
        certificate = current_certificate(serial)
        return certificate.state, certificate.revoked_reason

    assert {told(order) for order in permutations(range(3))} == {(State.REVOKED, "first")}


def test_the_table_can_be_emptied_and_folded_again() -> None:
    event = make_issued("awa")
    happen(event)
    before = current_certificate(event.certificate, at=NOON)
    projector = Certificates()

    with writing():
        projector.clear()
    assert find_certificate(event.certificate) is None
    with writing():
        projector.recompute(event.certificate)

    assert current_certificate(event.certificate, at=NOON) == before


def test_no_name_is_written_into_the_record(edition: Edition) -> None:
    complete(edition, "awa")
    issue("awa", edition)

    (stored,) = events_about(learner="awa", kinds=[CertificateIssued.kind])

    assert set(stored.body["data"]) == {
        "title_fr",
        "title_en",
        "completed_on",
        "percent",
        "minutes",
        "evidence",
        "kind_of",
        "valid_until",
    }


def test_awa_who_has_completed_the_course_gets_one_certificate(edition: Edition) -> None:
    complete(edition, "awa")

    serial = issue("awa", edition)

    assert serial is not None
    certificate = current_certificate(serial, at=NOON)
    assert certificate.edition == edition.hash
    assert certificate.valid_until == date(2027, 3, 3)
    assert certificate.evidence
    assert certificate.title("fr") != certificate.title("en")
    assert issue("awa", edition) is None
    assert len(certificates_of("awa")) == 1


def test_kofi_who_has_not_completed_the_course_gets_none(edition: Edition) -> None:
    assert issue("kofi", edition) is None


def test_the_same_form_sent_twice_issues_once(edition: Edition) -> None:
    complete(edition, "awa")
    event_id = new_id()

    first = issue("awa", edition, event_id=event_id)

    assert issue("awa", edition, event_id=event_id) == first
    assert len(certificates_of("awa")) == 1
    assert count_in_quarantine() == 0


def test_a_course_without_a_certificate_gives_none(tmp_path: Path) -> None:
    edition = publish(tmp_path, "none")
    complete(edition, "awa")

    assert issue("awa", edition) is None


def test_a_revoked_certificate_is_not_issued_again_by_the_next_run(edition: Edition) -> None:
    complete(edition, "awa")
    serial = issue("awa", edition)
    assert serial is not None
    revoke_it(serial)

    with writing():
        issued = issue_missing(NOON + timedelta(days=2))

    assert issued == ()
    assert issue("awa", edition) is None


def test_missing_certificates_are_issued_once(edition: Edition) -> None:
    for learner in ("awa", "kofi", "lindiwe"):
        complete(edition, learner)
    issue("awa", edition)

    with writing():
        issued = issue_missing(NOON + timedelta(days=1))
    with writing():
        again = issue_missing(NOON + timedelta(days=2))

    assert len(issued) == 2
    assert again == ()
    holders = {current_certificate(serial).learner for serial in issued}
    assert holders == {"kofi", "lindiwe"}

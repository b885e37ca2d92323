"""Issuing and revoking."""

from collections.abc import Sequence
from datetime import datetime

from lms.base.ids import new_id
from lms.certificates.events import CertificateIssued, CertificateRevoked
from lms.certificates.queries import (
    certificates_by_holder,
    certificates_of,
    current_certificate,
    find_certificate,
)
from lms.certificates.rules import (
    AlreadyRevoked,
    Certificate,
    ReasonMissing,
    State,
    is_due,
    last_valid_day,
    new_serial,
)
from lms.courses.queries import edition_of, text_of
from lms.learning.queries import all_completions, find_completion
from lms.learning.rules import Completion
from lms.record.actions import record
from lms.record.events import SYSTEM, Actor, Channel, Happened
from lms.record.queries import stored_with_ids


def issue_if_complete(
    *,
    learner: str,
    course: str,
    by: Actor,
    at: datetime,
    event_id: str | None = None,
    channel: Channel = "web",
) -> Certificate | None:
    """Issues what a person has earned in a course; None where there is nothing to issue.

    Nothing is issued where the course is not completed or gives no certificate, nor where
    `is_due` says that an earlier certificate is enough. An `event_id` that was used before gives
    the certificate it made.
    """
    if event_id and (before := _issued_by(event_id, at)):
        return before
    if find_completion(learner, course) is None:
        return None
    earlier = [c for c in certificates_of(learner, at=at) if c.course == course]
    event = _missing(learner, course, earlier)
    if event is None:
        return None
    record([Happened(event=event, id=event_id or new_id(), by=by, at=at, channel=channel)])
    return find_certificate(event.certificate, at=at)


def issue_missing(
    at: datetime, *, by: Actor = SYSTEM, channel: Channel = "command"
) -> tuple[str, ...]:
    """Issues every certificate that was earned and never issued; the new serials.

    Safe to repeat: the second time there is nothing left to issue.
    """
    issued_before = certificates_by_holder(at)
    events = [
        event
        for learner, course in all_completions()
        if (event := _missing(learner, course, issued_before.get((learner, course), [])))
    ]
    record([Happened(event=e, id=new_id(), by=by, at=at, channel=channel) for e in events])
    return tuple(event.certificate for event in events)


def revoke(
    *,
    serial: str,
    reason: str,
    by: Actor,
    at: datetime,
    event_id: str,
    channel: Channel = "web",
) -> Certificate:
    """Makes a certificate void for whoever checks it; `serial` as it was typed.

    Refuses with `CertificateUnknown`, `AlreadyRevoked`, `ReasonMissing`. The same `event_id` sent
    twice revokes once. Revoking is undone by voiding its event.
    """
    certificate = current_certificate(serial, at=at)
    if event_id in stored_with_ids([event_id]):
        return certificate
    if certificate.state is State.REVOKED:
        raise AlreadyRevoked(serial=certificate.shown)
    if not reason.strip():
        raise ReasonMissing
    event = CertificateRevoked(
        learner=certificate.learner, certificate=certificate.serial, reason=reason.strip()
    )
    record([Happened(event=event, id=event_id, by=by, at=at, channel=channel)])
    return current_certificate(certificate.serial, at=at)


def _issued_by(event_id: str, at: datetime) -> Certificate | None:
    stored = stored_with_ids([event_id]).get(event_id)
    if stored is None or not isinstance(stored.event, CertificateIssued):
        return None
    return find_certificate(stored.event.certificate, at=at)


def _missing(learner: str, course: str, earlier: Sequence[Certificate]) -> CertificateIssued | None:
    if any(certificate.state is State.VALID for certificate in earlier):
        return None
    completion = find_completion(learner, course)
    if completion is None:
        return None
    if not is_due(completion.completed_at, completion.completed_on, earlier):
        return None
    return _issue(completion)


def _issue(completion: Completion) -> CertificateIssued | None:
    """What the record would say; None where the completed edition gives no certificate."""
    edition = edition_of(completion.edition)
    if edition.certificate == "none":
        return None
    last_day = last_valid_day(completion.completed_on, edition.certificate_valid_months)
    return CertificateIssued(
        learner=completion.learner,
        certificate=new_serial(),
        course=completion.course,
        edition=completion.edition,
        title_fr=text_of(completion.edition, "fr").title,
        title_en=text_of(completion.edition, "en").title,
        completed_on=completion.completed_on.isoformat(),
        percent=completion.percent,
        minutes=completion.minutes,
        evidence=sorted(completion.evidence),
        kind_of=edition.certificate,
        valid_until=last_day.isoformat() if last_day else None,
    )

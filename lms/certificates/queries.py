"""Reading certificates. `at` says for which moment their state is wanted; left out, it is now."""

import json
from collections import defaultdict
from datetime import date, datetime

from sqlalchemy import select

from lms.base.clock import from_text, now
from lms.base.database import db
from lms.certificates.rules import Certificate, CertificateUnknown, State, clean_serial, state_on
from lms.certificates.tables import CertificateRow
from lms.learning.queries import find_completion, find_progress


def find_certificate(serial: str, *, at: datetime | None = None) -> Certificate | None:
    """The certificate meant by a serial as it was typed, whatever its state, or None."""
    clean = clean_serial(serial)
    if clean is None:
        return None
    row = db.session().scalar(select(CertificateRow).where(CertificateRow.serial == clean))
    return _certificate(row, at or now()) if row else None


def current_certificate(serial: str, *, at: datetime | None = None) -> Certificate:
    """As `find_certificate`, but refuses with `CertificateUnknown`."""
    certificate = find_certificate(serial, at=at)
    if certificate is None:
        raise CertificateUnknown(serial=serial[:40])
    return certificate


def certificates_of(learner: str, *, at: datetime | None = None) -> tuple[Certificate, ...]:
    """All that were issued to a person, the last completed first, revoked and expired ones too."""
    statement = select(CertificateRow).where(CertificateRow.learner == learner)
    order = (CertificateRow.completed_on.desc(), CertificateRow.issued_at, CertificateRow.serial)
    rows = db.session().scalars(statement.order_by(*order))
    moment = at or now()
    return tuple(_certificate(row, moment) for row in rows)


def valid_certificate_for(
    learner: str, course: str, *, at: datetime | None = None
) -> Certificate | None:
    """The certificate that holds for a course; of several, the last completed, issued first."""
    of_course = (c for c in certificates_of(learner, at=at) if c.course == course)
    return next((c for c in of_course if c.state is State.VALID), None)


def help_behind(certificate: Certificate) -> str:
    """How a helper helped towards a certificate, as `Completion.help`; empty without one. Where
    the course was completed again since, all help in the course counts."""
    done = find_completion(certificate.learner, certificate.course)
    if done and done.completed_on == certificate.completed_on:
        return done.help
    progress = find_progress(certificate.learner, certificate.course)
    return progress.help if progress else ""


def certificates_by_holder(at: datetime) -> dict[tuple[str, str], list[Certificate]]:
    """(learner, course) → every certificate ever issued for it."""
    holders: dict[tuple[str, str], list[Certificate]] = defaultdict(list)
    for row in db.session().scalars(select(CertificateRow)):
        holders[row.learner, row.course].append(_certificate(row, at))
    return holders


def _certificate(row: CertificateRow, at: datetime) -> Certificate:
    valid_until = date.fromisoformat(row.valid_until) if row.valid_until else None
    return Certificate(
        serial=row.serial,
        learner=row.learner,
        course=row.course,
        edition=row.edition,
        title_fr=row.title_fr,
        title_en=row.title_en,
        completed_on=date.fromisoformat(row.completed_on),
        percent=row.percent,
        minutes=row.minutes,
        evidence=tuple(json.loads(row.evidence)),
        kind_of=row.kind_of,
        issued_at=from_text(row.issued_at),
        valid_until=valid_until,
        revoked_at=from_text(row.revoked_at) if row.revoked_at else None,
        revoked_reason=row.revoked_reason,
        state=state_on(at.date(), valid_until=valid_until, revoked=row.revoked_at is not None),
    )

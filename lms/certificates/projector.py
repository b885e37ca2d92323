"""Folds what was issued and revoked into one row a certificate."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import delete

from lms.base.clock import as_text
from lms.base.database import db
from lms.certificates.events import KINDS, CertificateIssued, CertificateRevoked
from lms.certificates.tables import CertificateRow
from lms.record.events import Stored
from lms.record.queries import events_about


class Certificates:
    """The key is the serial."""

    name = "certificates"
    kinds = KINDS

    def keys(self, stored: Stored) -> Iterable[str]:
        """The serial that the event is about."""
        return [stored.subject] if stored.subject else []

    def recompute(self, key: str) -> None:
        """Replaces the row of one serial."""
        session = db.session()
        session.execute(delete(CertificateRow).where(CertificateRow.serial == key))
        row = _row_from(events_about(subject=key, kinds=self.kinds))
        if row is not None:
            session.add(row)
            session.flush()

    def clear(self) -> None:
        """Empties the table."""
        db.session().execute(delete(CertificateRow))


def _row_from(events: Sequence[Stored]) -> CertificateRow | None:
    in_order = sorted(events, key=lambda stored: (stored.at, stored.id))
    issued = next((s for s in in_order if isinstance(s.event, CertificateIssued)), None)
    if issued is None or not isinstance(issued.event, CertificateIssued):
        return None
    row = _issued_row(issued, issued.event)
    for stored in in_order:
        if isinstance(stored.event, CertificateRevoked):
            row.revoked_at, row.revoked_reason = as_text(stored.at), stored.event.reason
            break
    return row


def _issued_row(stored: Stored, event: CertificateIssued) -> CertificateRow:
    return CertificateRow(
        serial=event.certificate,
        learner=event.learner,
        course=event.course,
        edition=event.edition,
        title_fr=event.title_fr,
        title_en=event.title_en,
        completed_on=event.completed_on,
        percent=event.percent,
        minutes=event.minutes,
        evidence=json.dumps(sorted(event.evidence)),
        kind_of=event.kind_of,
        issued_at=as_text(stored.at),
        valid_until=event.valid_until,
        revoked_at=None,
        revoked_reason="",
    )


PROJECTORS = (Certificates(),)

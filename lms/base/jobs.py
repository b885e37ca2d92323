"""Long work that is left and found again: a row for each job, and a thread or a process that does
the rows one after the other.

The row stands in the `work` database, the work itself is one transaction of the record: where a
process dies in the middle, nothing is written, the row grows stale and is taken up again. So no
queue with files and signals of its own is needed beside the web server.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import structlog
from sqlalchemy import Text, and_, delete, insert, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from lms.base.clock import as_text, now
from lms.base.database import WorkBase, work_reading, work_writing
from lms.base.ids import new_id
from lms.base.language import Sentence, sentence
from lms.base.refusals import Refusal

log = structlog.get_logger("lms.jobs")
State = Literal["waiting", "running", "done", "refused", "failed"]
Progress = Callable[[int, int], None]
Handler = Callable[["Job", Progress], None]
"""Does the work of a job; tells how many of how many it has done."""

STALE_AFTER: Final = timedelta(minutes=3)
KEPT_FOR: Final = timedelta(days=7)
_TOLD_EVERY: Final = timedelta(milliseconds=400)
OUR_FAULT: Final = sentence(
    "Something went wrong on our side, and nothing was written. Try again; if it happens again, "
    "tell the person who looks after the server."
)


class JobRow(WorkBase):
    """A piece of long work: what about, for whom, and how far it is."""

    __tablename__ = "job"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, index=True)
    person: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, index=True)
    done: Mapped[int]
    total: Mapped[int]
    made_at: Mapped[str] = mapped_column(Text)
    beat_at: Mapped[str] = mapped_column(Text)
    says: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Job:
    """One job. `says` is why it was refused, None where it was not."""

    id: str
    kind: str
    subject: str
    person: str
    state: State
    done: int
    total: int
    beat_at: str
    says: Sentence | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "refused", "failed")

    def is_stale(self, at: datetime) -> bool:
        """Whether whoever did it has stopped in the middle, or nobody has begun."""
        return not self.is_over and self.beat_at < as_text(at - STALE_AFTER)


def queue(*, kind: str, subject: str, person: str, at: datetime, job: str | None = None) -> str:
    """A job that waits to be done; the same id again is the same job."""
    job = job or new_id()
    row = {"id": job, "kind": kind, "subject": subject, "person": person, "state": "waiting"}
    told = {"done": 0, "total": 0, "made_at": as_text(at), "beat_at": as_text(at), "says": ""}
    with work_writing() as work:
        work.execute(delete(JobRow).where(JobRow.made_at < as_text(at - KEPT_FOR)))
        if work.scalar(select(JobRow.id).where(JobRow.id == job)) is None:
            work.execute(insert(JobRow).values(**row, **told))
    return job


def forget_old_jobs(at: datetime) -> int:
    """Removes jobs that were asked for too long ago; how many."""
    old = JobRow.made_at < as_text(at - KEPT_FOR)
    with work_writing() as work:
        return len(work.execute(delete(JobRow).where(old).returning(JobRow.id)).all())


_COLUMNS = (
    JobRow.id,
    JobRow.kind,
    JobRow.subject,
    JobRow.person,
    JobRow.state,
    JobRow.done,
    JobRow.total,
    JobRow.beat_at,
    JobRow.says,
)


def latest_job(subject: str) -> Job | None:
    """The job about a subject that was asked for last."""
    statement = select(*_COLUMNS).where(JobRow.subject == subject)
    with work_reading() as work:
        row = work.execute(statement.order_by(JobRow.made_at.desc(), JobRow.id.desc())).first()
    return _job(row) if row else None


def _job(row: Any) -> Job:
    facts = row._asdict()
    said = facts.pop("says")
    return Job(**facts, says=Sentence(*json.loads(said)) if said else None)


def work_off(handlers: Mapping[str, Handler], only: str | None = None) -> int:
    """Does every job that waits or was left in the middle, one by one, or only one of them; how
    many it did."""
    done = 0
    while (job := _take(handlers, only)) is not None:
        _do(job, handlers[job.kind])
        done += 1
    return done


def _take(handlers: Mapping[str, Handler], only: str | None) -> Job | None:
    moment = now()
    free = and_(
        JobRow.kind.in_(sorted(handlers)),
        or_(
            JobRow.state == "waiting",
            and_(JobRow.state == "running", JobRow.beat_at < as_text(moment - STALE_AFTER)),
        ),
    )
    if only is not None:
        free = and_(free, JobRow.id == only)
    with work_writing() as work:
        found = work.scalar(select(JobRow.id).where(free).order_by(JobRow.made_at).limit(1))
        if found is None:
            return None
        taken = update(JobRow).where(JobRow.id == found, free)
        row = work.execute(
            taken.values(state="running", beat_at=as_text(moment)).returning(*_COLUMNS)
        ).first()
    return _job(row) if row else None


def _do(job: Job, handler: Handler) -> None:
    try:
        handler(job, _teller(job.id))
    except Refusal as refusal:
        said = json.dumps([refusal.sentence.text, dict(refusal.sentence.values)])
        _end(job.id, "refused", said)
    except Exception:
        log.exception("a job failed", job=job.id, kind=job.kind)
        _end(job.id, "failed", json.dumps([OUR_FAULT.text, {}]))
    else:
        _end(job.id, "done", "")


def _teller(job: str) -> Progress:
    last = now() - _TOLD_EVERY

    def tell(done: int, total: int) -> None:
        nonlocal last
        moment = now()
        if moment - last >= _TOLD_EVERY or done == total:
            last = moment
            _update(job, done=done, total=total, beat_at=as_text(moment))

    return tell


def _end(job: str, state: State, says: str) -> None:
    _update(job, state=state, says=says, beat_at=as_text(now()))


def _update(job: str, **values: Any) -> None:
    with work_writing() as work:
        work.execute(update(JobRow).where(JobRow.id == job).values(**values))

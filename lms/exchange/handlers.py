"""Who does which job of this room."""

from collections.abc import Mapping
from pathlib import Path

from lms.base.clock import now
from lms.base.jobs import Handler, Job, Progress
from lms.exchange.actions import check_draft, confirm_draft, undo_import
from lms.record.events import Actor


def handlers(folder: Path) -> Mapping[str, Handler]:
    """Kind of job → who does it; `folder` keeps the sources of past trainings."""

    def check(job: Job, progress: Progress) -> None:
        check_draft(draft=job.subject, at=now(), progress=progress)

    def confirm(job: Job, progress: Progress) -> None:
        by = Actor(job.person, "officer")
        confirm_draft(draft=job.subject, by=by, at=now(), folder=folder, progress=progress)

    def undo(job: Job, progress: Progress) -> None:
        by = Actor(job.person, "officer")
        undo_import(imported=job.subject, by=by, at=now(), progress=progress)

    return {"check": check, "confirm": confirm, "undo": undo}

"""The engineer's desk: whether this server is well."""

import platform
import tomllib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from flask import current_app
from flask_babel import format_decimal
from flask_babel import gettext as _

from lms.base.database import db
from lms.base.health import DiskHealth, database_health, disk_health
from lms.record.queries import (
    breaks_in_chain,
    count_in_quarantine,
    count_of_events,
    newest_event,
)
from lms.record.streams import stream_of
from lms.settings import SITE, Settings
from lms.web.desk import Desk
from lms.web.engineer.pages import FileLine, RecordState, StatePage
from lms.web.engineer.round import mail_state, runs_by_itself, timer_lines
from lms.web.pages import show

desk = Desk("engineer", __name__, admits=("engineer",), path="/server")

LOOKED_AT: Final = 500
_THOUSAND: Final = 1024


@desk.get("/")
def state() -> Any:
    """The record, the database and the disk, in words first."""
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    disk = disk_health(settings.instance_dir)
    page = StatePage(
        version=version_of_relais(),
        python=platform.python_version(),
        record=_record(),
        database=database_health(),
        disk=disk,
        free=size(disk.free),
        total=size(disk.total),
        files=_files(disk),
        timers=timer_lines(),
        by_itself=runs_by_itself(),
        mail=mail_state(),
    )
    return show("engineer/state.html", page)


def _record() -> RecordState:
    newest, stream = newest_event(), stream_of(db.engine)
    return RecordState(
        events=count_of_events(),
        newest_at=newest.at if newest else None,
        newest_kind=newest.kind if newest else "",
        quarantined=count_in_quarantine(),
        stream=stream.id,
        stream_seq=stream.last_seq,
        looked_at=LOOKED_AT,
        breaks=tuple(breaks_in_chain(LOOKED_AT)),
    )


def _files(disk: DiskHealth) -> tuple[FileLine, ...]:
    return tuple(FileLine(file.name, size(file.bytes)) for file in disk.files)


def size(count: int) -> str:
    """Bytes in the reader's language, in the unit that reads best."""
    amount, unit = float(count), 0
    units = (_("bytes"), _("KB"), _("MB"), _("GB"), _("TB"))
    while amount >= _THOUSAND and unit < len(units) - 1:
        amount, unit = amount / _THOUSAND, unit + 1
    written = format_decimal(amount, "#,##0.#" if unit else "#,##0")
    return f"{written}\u00a0{units[unit]}"


@lru_cache(maxsize=1)
def version_of_relais() -> str:
    """The version that is installed, or that the project's file names."""
    try:
        return version("relais-lms")
    except PackageNotFoundError:
        project = tomllib.loads((SITE / "pyproject.toml").read_text(encoding="utf-8"))
        return str(project["project"]["version"])

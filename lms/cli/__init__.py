"""The command line: `flask lms …`, or `lms …` where the wheel is installed.

Each command is one call into a room.
"""

from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from lms.base.refusals import Refusal
from lms.cli import (
    days,
    library,
    mail,
    organisations,
    people,
    positions,
    privacy,
    record,
    reminders,
    serving,
    speech,
    work,
)


class SpokenGroup(AppGroup):
    """A group whose refusals are sentences, not traces."""

    def invoke(self, ctx: click.Context) -> Any:
        """Says a refusal in red and ends with 1."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            _stop(str(refusal))
        except OperationalError as problem:
            if problem.statement is not None:
                raise
            said = str(problem.orig).splitlines()[0]
            _stop(f"The database does not answer. Check LMS_DATABASE_URL. It says: {said}")


def _stop(words: str) -> NoReturn:
    click.secho(words, fg="red", err=True)
    raise SystemExit(1) from None


lms = SpokenGroup("lms", help="Relais: learning for the postal world.")
for command in (
    serving.serve,
    serving.demo,
    library.courses,
    organisations.organisations,
    people.people,
    mail.mail,
    reminders.reminders,
    privacy.privacy,
    speech.kiosk,
    work.work,
    record.rebuild,
    record.void,
    record.state,
    record.migrations,
):
    lms.add_command(command)
library.courses.add_command(speech.speak_courses)
people.people.add_command(days.bring_to_today)
people.people.add_command(positions.give)


def main() -> None:
    """`python -m lms` and the console script: builds the server, then runs the command."""
    lms(prog_name="lms")

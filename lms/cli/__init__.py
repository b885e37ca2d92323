"""The command line: `flask lms …`, or `lms …` where the wheel is installed.

Each command is one call into a room.
"""

from typing import Any

import click
from flask.cli import AppGroup

from lms.base.refusals import Refusal
from lms.cli import (
    library,
    mail,
    organisations,
    people,
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
            click.secho(str(refusal), fg="red", err=True)
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


def main() -> None:
    """`python -m lms` and the console script: builds the server, then runs the command."""
    lms(prog_name="lms")

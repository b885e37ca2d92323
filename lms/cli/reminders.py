"""Reminding people of what is due."""

from datetime import datetime

import click

from lms.base.clock import now
from lms.base.database import writing
from lms.cli.server import on_the_record, this_server
from lms.learning.paths.actions import remind, reminders_due
from lms.learning.paths.queries import Line
from lms.people.access.reminding import put_reminder
from lms.people.queries import people_with_ids
from lms.people.rules import Person

_MANY = 200


@click.group()
def reminders() -> None:
    """Reminders of what is due soon or late."""


@reminders.command()
@on_the_record
def run() -> None:
    """Remind everybody who has something due within a week or late, once a week at most.

    Who has an e-mail address is written to where this server sends mail; everybody else is
    reminded on their page "My learning", and stands on their manager's list. Running it again on
    the same day reminds nobody twice.
    """
    at, mails = now(), bool(this_server().settings.mail_server)
    due = reminders_due(at=at)
    written = sum(
        _remind(due[start : start + _MANY], mails, at) for start in range(0, len(due), _MANY)
    )
    click.echo(f"{len(due)} people reminded, {written} of them by mail")


def _remind(due: list[list[Line]], mails: bool, at: datetime) -> int:
    persons = people_with_ids({lines[0].learner for lines in due})
    written = 0
    with writing():
        for lines in due:
            person = persons.get(lines[0].learner)
            by_mail = mails and _may_be_written_to(person)
            remind(lines=lines, how="mail" if by_mail else "page", at=at)
            if by_mail and person:
                put_reminder(person=person.id, language=person.language, at=at)
                written += 1
    return written


def _may_be_written_to(person: Person | None) -> bool:
    return person is not None and bool(person.email) and not person.demo

"""Reminding people of what is due."""

from datetime import datetime

import click

from lms.base.clock import now
from lms.base.database import writing
from lms.base.language import Sentence, sentence
from lms.base.timers import note_done
from lms.cli.server import on_the_record, this_server
from lms.learning.paths.actions import remind, reminders_due
from lms.learning.paths.queries import Line
from lms.people.access.reminding import put_reminder
from lms.people.queries import people_with_ids
from lms.people.rules import Person
from lms.settings import Settings

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
    says, _well = remind_everybody(this_server().settings, now())
    note_done("reminders", says=says, at=now())
    click.echo(str(says))


def remind_everybody(settings: Settings, at: datetime) -> tuple[Sentence, bool]:
    """How many were reminded, and that all of them were."""
    mails, due = bool(settings.mail_server), reminders_due(at=at)
    written = sum(
        _remind(due[start : start + _MANY], mails, at) for start in range(0, len(due), _MANY)
    )
    says = sentence(
        "People reminded: %(people)s, of these by mail: %(written)s.",
        people=len(due),
        written=written,
    )
    return says, True


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

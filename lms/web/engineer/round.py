"""What the server does by itself, and the mail it could not send, as the engineer is told."""

from typing import Final

from flask import current_app

from lms.base.language import Sentence, sentence
from lms.base.timers import Timer, timers
from lms.people import queries as people
from lms.people.access.queries import mail_waiting, unsent_mail
from lms.people.access.undelivered import WHY_REFUSED, WHY_WAITING
from lms.settings import Settings
from lms.web.engineer.pages import MailState, RefusedLine, TimerLine
from lms.web.language import current_language

NAMES: Final = {
    "mail": sentence("Sending mail"),
    "reminders": sentence("Reminding people of what is due"),
    "days": sentence("Moves and positions whose day has come"),
    "names": sentence("Removing names and what was kept long enough"),
    "jobs": sentence("Imports and other long work"),
}
"""What is done by itself → its name, in the order of the page."""
_AT_MOST: Final = 50


def timer_lines() -> tuple[TimerLine, ...]:
    """Each piece of work; without a mail server there is none to send."""
    known, shown = timers(), list(NAMES)
    if not _settings().mail_server:
        shown.remove("mail")
    return tuple(_line(NAMES[name], known.get(name)) for name in shown)


def _line(name: Sentence, timer: Timer | None) -> TimerLine:
    if timer is None:
        return TimerLine(name, None, None, failed=False, due_at=None)
    failed = timer.outcome == "failed"
    return TimerLine(name, timer.ended_at, timer.says, failed, timer.due_at)


def mail_state() -> MailState:
    """How many messages wait and why, and those that were refused."""
    waiting = unsent_mail(refused=False, limit=1)
    refused = unsent_mail(refused=True, limit=_AT_MOST)
    known = people.people_with_ids({each.person for each in refused})
    offices = people.organisations_with_ids({each.office for each in refused})
    language = current_language()
    lines = tuple(
        RefusedLine(
            made_at=each.made_at,
            purpose=each.purpose,
            number=known[each.person].number,
            office=offices[each.office].name(language) if each.office in offices else "",
            domain=each.domain,
            why=WHY_REFUSED.get(each.problem),
        )
        for each in refused
        if each.person in known
    )
    why = WHY_WAITING.get(waiting[0].problem) if waiting else None
    return MailState(bool(_settings().mail_server), mail_waiting(), why, lines)


def runs_by_itself() -> bool:
    """Whether this server does all this by itself."""
    return _settings().timers


def _settings() -> Settings:
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    return settings

"""The outgoing mail: it waits in the record for a connection and is tried again until its code has
lost its force. The server sends outside any write transaction; a message that was being sent when
the power went may arrive twice, and its link still works once."""

import smtplib
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage

import structlog
from sqlalchemy import delete, insert, select, update

from lms.base.clock import as_text, from_text
from lms.base.database import db, work_reading, work_writing, writing
from lms.base.ids import derived_id
from lms.people.access.actions import make_mail_code
from lms.people.access.queries import current_code
from lms.people.access.reminding import REMINDER
from lms.people.access.rules import CodeNotValid, wait_after
from lms.people.access.tables import MailRow, ResetWishRow
from lms.people.access.undelivered import OF_THE_SERVER, WHY_REFUSED, why_not_sent
from lms.people.access.words import MESSAGES
from lms.people.actions.tries import refuse_too_many, remember_failure, whose
from lms.people.queries import find_person, may_enter, people_known_as
from lms.people.rules import FREE_TRIES_OF_ADDRESS, Person, clean_login

log = structlog.get_logger("lms.mail")
_TIMEOUT = 30
_LEASE = timedelta(minutes=10)
_AT_ONCE = 50
_ALIVE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where messages are handed in, as whom, and what the links in them begin with. `security` is
    "starttls", "tls" or "none"."""

    host: str
    port: int
    security: str
    user: str
    password: str
    sender: str
    site: str
    link: Callable[[str, str], str]
    """(language, one-time code) → address."""


def wish_for_reset(*, login: str, language: str, address: str, at: datetime) -> None:
    """Keeps what was typed until the mail is sent next. Known or not, the same is done: the answer
    and its time tell nothing. Refuses with `TooManyTries`."""
    account, place = whose("wish", clean_login(login)), whose("wish-address", address)
    refuse_too_many(((account, FREE_TRIES_OF_ADDRESS), (place, FREE_TRIES_OF_ADDRESS)), at)
    remember_failure((account, place), at)
    wish = {"login": clean_login(login)[:254], "language": language, "at": as_text(at)}
    with work_writing() as work:
        work.execute(insert(ResetWishRow).values(wish))


@dataclass(frozen=True, slots=True)
class MailRound:
    """What became of the messages that were due. `dropped` came too late; `problem` says why the
    round ended early: a key of `undelivered.WHY_WAITING`, else empty."""

    sent: int = 0
    put_back: int = 0
    refused: int = 0
    dropped: int = 0
    problem: str = ""


def send_mail(server: MailServer, *, at: datetime) -> MailRound:
    """Turns wishes into messages and sends what is due. Where the mail server itself is the matter
    the rest is not tried: each try may take half a minute."""
    _take_up_wishes(at)
    count, problem = Counter[str](), ""
    for mail in _due(at):
        if not _claim(mail, at):
            continue
        state, problem = _send(server, mail, at)
        _settle(mail, state, problem, at)
        count[state] += 1
        if state == "waits" and problem in OF_THE_SERVER:
            return MailRound(
                count["sent"], count["waits"], count["refused"], count["dropped"], problem
            )
    return MailRound(count["sent"], count["waits"], count["refused"], count["dropped"])


def _take_up_wishes(at: datetime) -> None:
    with work_reading() as work:
        wishes = work.execute(select(ResetWishRow).order_by(ResetWishRow.no).limit(500)).all()
    for wish in wishes:
        with writing():
            _make_reset(wish.login, wish.language, wish.no, wish.at, at)
        with work_writing() as work:
            work.execute(delete(ResetWishRow).where(ResetWishRow.no == wish.no))


def _make_reset(login: str, language: str, number: int, asked_at: str, at: datetime) -> None:
    known = [person for person in people_known_as(login) if person.email and not person.demo]
    if len(known) != 1 or from_text(asked_at) < at - _ALIVE or _was_sent_lately(known[0].id, at):
        return
    make_mail_code(
        person=known[0].id,
        purpose="reset",
        language=language,
        by=None,
        at=at,
        event_id=derived_id("reset", str(number), asked_at, login),
    )


def _was_sent_lately(person: str, at: datetime) -> bool:
    """Nobody's mailbox is filled by who types their login again and again."""
    since = as_text(at - timedelta(minutes=15))
    statement = select(MailRow.id).where(MailRow.person == person, MailRow.made_at > since)
    return db.session().scalar(statement.limit(1)) is not None


def _due(at: datetime) -> list[MailRow]:
    statement = select(MailRow).where(MailRow.state == "waits", MailRow.due_at <= as_text(at))
    found = list(db.session().scalars(statement.order_by(MailRow.due_at).limit(_AT_ONCE)))
    db.session().expunge_all()
    db.session().rollback()
    return found


def _claim(mail: MailRow, at: datetime) -> bool:
    """Takes a message for this process: another one leaves it alone for ten minutes."""
    statement = (
        update(MailRow)
        .where(MailRow.id == mail.id, MailRow.state == "waits", MailRow.due_at == mail.due_at)
        .values(due_at=as_text(at + _LEASE), tries=mail.tries + 1)
        .returning(MailRow.id)
    )
    with writing() as session:
        return session.scalar(statement) is not None


def _send(server: MailServer, mail: MailRow, at: datetime) -> tuple[str, str]:
    """(the message's state from now on, why it was not sent)."""
    person, purpose = find_person(mail.person), _purpose(mail, at)
    open_still = person is not None and may_enter(person.id)
    db.session().rollback()
    if person is None or not person.email or not purpose or not open_still:
        return "dropped", ""
    try:
        _hand_in(server, _message(server, mail, person, purpose))
    except Exception as problem:  # whatever it is, the next message must have its turn
        why = why_not_sent(problem, person.email)
        log.warning("mail not sent", why=why, problem=type(problem).__name__)
        return "refused" if why in WHY_REFUSED else "waits", why
    return "sent", ""


def _message(server: MailServer, mail: MailRow, person: Person, purpose: str) -> EmailMessage:
    words = MESSAGES[purpose][mail.language]
    link = server.link(mail.language, mail.code)
    message = EmailMessage()
    message["Subject"] = words.subject.format(site=server.site)
    message["From"] = Address(server.site, addr_spec=server.sender)
    message["To"] = Address(addr_spec=person.email)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.text.format(name=person.name, site=server.site, link=link))
    return message


def _purpose(mail: MailRow, at: datetime) -> str:
    """What the message is for; empty where it comes too late."""
    if mail.code == REMINDER:
        return "reminder" if from_text(mail.made_at) > at - _ALIVE else ""
    try:
        return current_code(mail.code, at).purpose
    except CodeNotValid:
        return ""


def _hand_in(server: MailServer, message: EmailMessage) -> None:
    context = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=_TIMEOUT, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    with connection:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message)


def _settle(mail: MailRow, state: str, problem: str, at: datetime) -> None:
    values = {"state": state, "problem": problem}
    if state == "waits":
        values["due_at"] = as_text(at + wait_after(mail.tries + 1))
    with writing() as session:
        session.execute(update(MailRow).where(MailRow.id == mail.id).values(values))

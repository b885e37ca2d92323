"""Why a message could not be handed in: in words, with what to do. Pure."""

import smtplib
import ssl
from collections.abc import Mapping
from email.errors import MessageError
from typing import Final

from lms.base.language import Sentence, sentence

WHY_WAITING: Final[Mapping[str, Sentence]] = {
    "away": sentence(
        "The mail server does not answer. Messages wait and are tried again by themselves. If this "
        "lasts, check the connection, LMS_MAIL_SERVER and LMS_MAIL_PORT."
    ),
    "name": sentence(
        "No mail server of this name is found. Check the connection and LMS_MAIL_SERVER."
    ),
    "secrecy": sentence(
        "The mail server and this one do not agree on how to encrypt. Check LMS_MAIL_SECURITY and "
        "LMS_MAIL_PORT, and that the certificate of the mail server is valid."
    ),
    "sign-in": sentence(
        "The mail server does not accept this server’s user or password. Check LMS_MAIL_USER and "
        "LMS_MAIL_PASSWORD."
    ),
    "sender": sentence(
        "The mail server does not accept the sender’s address. Check LMS_MAIL_FROM with who runs "
        "the mail server."
    ),
    "later": sentence(
        "The mail server asked to come back later. The message is tried again by itself."
    ),
    "other": sentence(
        "The mail server answered something unexpected. Messages wait and are tried again; the log "
        "of this server says more."
    ),
}
"""Why messages wait: nothing of it is the addressee's fault."""

WHY_REFUSED: Final[Mapping[str, Sentence]] = {
    "address": sentence(
        "This cannot be an e-mail address. Let their manager correct it, then invite them again, "
        "or print a sheet."
    ),
    "unknown": sentence(
        "The mail server knows no such mailbox. Let their manager ask for the right address, then "
        "invite them again, or print a sheet."
    ),
    "full": sentence(
        "Their mailbox is full or closed. Let their manager tell them, or print a sheet."
    ),
    "content": sentence(
        "The mail server did not want the message itself. Ask who runs the mail server to accept "
        "messages of this site, then invite the person again."
    ),
}
"""Why a message is not tried again, and what to do."""

OF_THE_SERVER: Final = frozenset({"away", "name", "secrecy", "sign-in", "sender", "other"})
"""Whoever else is written to would meet the same: trying the next message is no use."""

_NEVER: Final = 500
_FULL: Final = (b"5.2.", b"4.2.")


def why_not_sent(problem: Exception, address: str) -> str:
    """Which of the above it is."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(problem.recipients.values()), (0, b""))
        return _of_recipient(code, said)
    if isinstance(problem, smtplib.SMTPNotSupportedError):
        return "secrecy" if address.isascii() else "address"
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return "sign-in"
    if isinstance(problem, smtplib.SMTPSenderRefused):
        return "sender" if problem.smtp_code >= _NEVER else "later"
    if isinstance(problem, smtplib.SMTPDataError):
        return "content" if problem.smtp_code >= _NEVER else "later"
    if isinstance(problem, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError):
        return "away"
    if isinstance(problem, ssl.SSLError):
        return "secrecy"
    if isinstance(problem, OSError) and not isinstance(problem, smtplib.SMTPException):
        return "name" if type(problem).__name__ in ("gaierror", "herror") else "away"
    if isinstance(problem, MessageError | ValueError | IndexError):
        return "address"
    return "other"


def _of_recipient(code: int, said: bytes) -> str:
    if code < _NEVER:
        return "later"
    return "full" if code == _NEVER + 52 or said.startswith(_FULL) else "unknown"

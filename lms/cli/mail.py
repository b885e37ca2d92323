"""The outgoing mail: sent by hand, or every minute while the server runs."""

import threading
import time
from typing import Final

import click
import structlog
from flask import Flask

from lms.base.clock import now
from lms.base.database import db
from lms.cli.server import on_the_record, this_server
from lms.people.access.links import link_token
from lms.people.access.queries import mail_waiting
from lms.people.access.reminding import REMINDER
from lms.people.access.sending import MailServer, send_mail
from lms.settings import Settings

log = structlog.get_logger("lms.mail")
_EVERY: Final = 60


@click.group()
def mail() -> None:
    """Messages that wait for a connection."""


@mail.command()
@on_the_record
def send() -> None:
    """Send what is due now."""
    settings = this_server().settings
    if not settings.mail_server:
        raise click.ClickException("LMS_MAIL_SERVER is not set: this server sends no mail.")
    sent, failed = send_mail(mail_server(settings), at=now())
    click.echo(f"{sent} sent, {failed} put back, {mail_waiting()} waiting")


def mail_server(settings: Settings) -> MailServer:
    """Where messages are handed in; links begin with the site's own address, never a visitor's."""

    def link(language: str, code: str) -> str:
        if code == REMINDER:
            return f"{settings.public_url.rstrip('/')}/{language}/my-learning"
        token = link_token(settings.secret_key, code)
        return f"{settings.public_url.rstrip('/')}/{language}/choose-password/{token}"

    return MailServer(
        host=settings.mail_server,
        port=settings.mail_port,
        security=settings.mail_security,
        user=settings.mail_user,
        password=settings.mail_password.get_secret_value(),
        sender=settings.mail_from,
        site=settings.site_name,
        link=link,
    )


def keep_sending(app: Flask, settings: Settings) -> None:
    """Sends every minute in a thread of its own; of several workers each message is taken by one.
    Where no mail server is set, nothing is started."""
    if settings.mail_server:
        threading.Thread(target=_send_for_ever, args=(app, settings), daemon=True).start()


def _send_for_ever(app: Flask, settings: Settings) -> None:
    server = mail_server(settings)
    while True:
        time.sleep(_EVERY)
        with app.app_context():
            try:
                send_mail(server, at=now())
            except Exception:  # the next minute is another try; nothing is lost
                log.exception("mail could not be sent")
            finally:
                db.session.remove()

"""The outgoing mail: sent by hand, or by itself while the server runs."""

from datetime import datetime

import click

from lms.base.clock import now
from lms.base.language import Sentence, sentence
from lms.base.timers import note_done
from lms.cli.server import on_the_record, this_server
from lms.people.access.links import link_token
from lms.people.access.queries import mail_waiting
from lms.people.access.reminding import REMINDER
from lms.people.access.sending import MailServer, send_mail
from lms.people.access.undelivered import WHY_WAITING
from lms.settings import Settings


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
    says, _well = send_what_is_due(settings, now())
    note_done("mail", says=says, at=now())
    click.echo(f"{says} {mail_waiting()} waiting.")


def send_what_is_due(settings: Settings, at: datetime) -> tuple[Sentence, bool]:
    """What was sent, and whether the mail server took what it was given."""
    done = send_mail(mail_server(settings), at=at)
    if done.problem:
        return WHY_WAITING[done.problem], False
    says = sentence(
        "Messages sent: %(sent)s, put back for later: %(put_back)s, refused: %(refused)s.",
        sent=done.sent,
        put_back=done.put_back,
        refused=done.refused,
    )
    return says, True


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

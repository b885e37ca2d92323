"""The front door: builds one server from its settings."""

import hashlib
from pathlib import Path
from typing import Any

import jinja2
import structlog
from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.base.database import db, engine_options, prepare_engine
from lms.certificates import projector as certificates
from lms.courses import projector as courses
from lms.demo import ACCOUNTS, PASSWORD
from lms.exchange import projector as exchange
from lms.learning import projector as learning
from lms.learning.declared import projector as declared
from lms.learning.paths import projector as paths
from lms.people import projector as people
from lms.people.assistance import projector as assistance
from lms.people.audit import projector as audit
from lms.people.cards import projector as cards
from lms.people.corrections import projector as corrections
from lms.people.devices import projector as devices
from lms.people.functioning.wordings import install_wordings
from lms.people.headcounts import projector as headcounts
from lms.record import projection
from lms.record.streams import open_stream
from lms.settings import Settings, read_settings
from lms.web import (
    company,
    headers,
    language,
    listening,
    refusals,
    site,
    standing,
    static,
    uploads,
    visitor,
)
from lms.web.desks import DESKS
from lms.web.pages import Page
from lms.workshops import projector as workshops

PROJECTORS: tuple[projection.Projector, ...] = (
    *people.PROJECTORS,
    *audit.PROJECTORS,
    *corrections.PROJECTORS,
    *headcounts.PROJECTORS,
    *devices.PROJECTORS,
    *cards.PROJECTORS,
    *assistance.PROJECTORS,
    *courses.PROJECTORS,
    *learning.PROJECTORS,
    *declared.PROJECTORS,
    *paths.PROJECTORS,
    *workshops.PROJECTORS,
    *certificates.PROJECTORS,
    *exchange.PROJECTORS,
)


class Relais(Flask):
    """Flask, with views that may answer with a `Page`."""

    settings: Settings

    def make_response(self, rv: Any) -> Any:
        """Renders a page once the view's transaction has ended."""
        if isinstance(rv, Page):
            rv = (rv.render(), rv.status)
        return super().make_response(rv)


def create_app(settings: Settings | None = None) -> Relais:
    """A server that is ready to answer; its databases are prepared by `lms.cli`."""
    settings = settings or read_settings()
    _log_no_variables()
    app = Relais("lms", template_folder="web/templates", static_folder=None)
    app.settings = settings
    app.config["BUILD"] = build_id(settings)
    app.config.from_mapping(_configuration(settings))
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _open_databases(app)
    language.install(app, str(settings.translations_dir))
    standing.install(app)
    listening.install(app)
    visitor.install(app, settings)
    uploads.install(app)  # before anything reads a form
    CSRFProtect(app)
    company.install(app)
    Compress(app)
    site.install(app, static.install(app, settings))
    headers.install(app, settings)
    refusals.install(app)
    for desk in DESKS:
        app.register_blueprint(desk)
    projection.install(PROJECTORS)
    install_wordings(settings.instance_dir / "functioning")
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=settings.proxies
        )
    return app


def _log_no_variables() -> None:
    """An error is logged with its traceback alone: a variable may hold a password."""
    *before, _last = structlog.get_config()["processors"]
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*before, plain])


def build_id(settings: Settings) -> str:
    """Changes with the code, the catalogues and the settings, so that no old page is shown."""
    content = hashlib.blake2b(repr(settings.model_dump()).encode(), digest_size=8)
    for path in sorted(
        [*Path(__file__).parent.rglob("*.html"), *settings.translations_dir.rglob("*.mo")]
    ):
        content.update(path.read_bytes())
    for path in sorted(settings.static_dir.glob("*.*")):
        content.update(path.read_bytes())
    return content.hexdigest()


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "DEMO_ACCOUNTS": tuple((each.role, each.login, PASSWORD) for each in ACCOUNTS),
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_BINDS": {
            None: engine_options(settings.record_url, "relais_record"),
            "work": engine_options(settings.work_url, "relais_work"),
        },
        "SQLALCHEMY_TRACK_MODIFICATIONS": False,
        "SESSION_COOKIE_NAME": "__Host-relais" if settings.secure_cookies else "relais",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # a page may stay open over an outage
        "WTF_CSRF_SSL_STRICT": False,
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 5000,
        "TRUSTED_HOSTS": settings.trusted_hosts.split() or None,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_MIN_SIZE": 600,
        "COMPRESS_STREAMS": False,
    }


def _open_databases(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            prepare_engine(engine)
        open_stream(db.engine)

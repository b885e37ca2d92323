"""Starting the site, and filling it with its demonstration."""

import contextlib
import ctypes
import gc
import socket
from pathlib import Path
from typing import Any

import click

from lms.app import Relais, create_app
from lms.base.clock import now
from lms.base.database import db, writing
from lms.base.ids import derived_id
from lms.base.language import sentence
from lms.base.refusals import Refusal
from lms.base.schema import prepare_databases, prepare_work, refuse_newer_database
from lms.cli.days import begin_the_day
from lms.cli.server import on_the_record, progress_bar, this_server
from lms.cli.speech import keep_speaking
from lms.cli.timers import keep_working
from lms.courses import queries as courses
from lms.courses.actions import publish_course, ready_folder
from lms.demo import fill
from lms.people import queries as people
from lms.people.actions import add_organisations
from lms.people.importing import union_and_states
from lms.record.checks import check_record
from lms.record.events import SYSTEM
from lms.settings import Settings, read_settings


class PortTaken(Refusal):
    says = sentence(
        "The port %(port)s is in use: perhaps Relais runs already. Open http://%(host)s:%(port)s, "
        "or start with another port: LMS_PORT=8001 make run"
    )


class RealPeopleHere(Refusal):
    says = sentence(
        "This site holds real people: the demonstration would stay in its record for ever. "
        "Name another folder: LMS_INSTANCE_DIR=demo"
    )


@click.command()
def serve() -> None:
    """Serve the site, setting it up at the first start."""
    settings = read_settings()
    refuse_taken_port(settings)
    app = create_app(settings)
    with app.app_context():
        whole = examine(settings)
        if whole:
            first_steps(app)
            begin_the_day(settings, now())
        app.settings = settings = without_demo(app, whole=whole)
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()
    click.secho(f"{settings.site_name}: http://{settings.host}:{settings.port}", bold=True)
    run_gunicorn(app, settings)


def examine(settings: Settings) -> bool:
    """Looks at the record before anything is written to it, says what is found, and brings it to
    the present shape; False where it is damaged and may only be read from."""
    refuse_newer_database()
    findings = check_record(str(settings.instance_dir))
    for finding in findings:
        click.secho(str(finding.sentence), fg="red" if finding.damaged else "yellow", err=True)
    damaged = any(finding.damaged for finding in findings)
    if damaged:
        prepare_work()
    else:
        prepare_databases()
    return not damaged


def refuse_taken_port(settings: Settings) -> None:
    """Refuses with `PortTaken` where something answers already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            raise PortTaken(port=str(settings.port), host=settings.host) from None


def first_steps(app: Relais) -> None:
    """On an empty site: the member states, the courses that stand ready, the demonstration."""
    settings = app.settings
    with writing():
        add_organisations(union_and_states(), by=SYSTEM, at=now())
    if not courses.catalogue("fr"):
        publish_ready(settings.courses_dir)
    if settings.demo and not people.count_of_learners():
        bar, move = progress_bar("Filling the demonstration")
        with bar:
            fill(learners=settings.demo_learners, at=now(), progress=move)


def publish_ready(folder: Path) -> None:
    """Publishes each course of the folder whose status says so and that has no problem."""
    for course in sorted(path.parent for path in folder.glob("*/course.yaml")):
        try:
            ready = ready_folder(course)
            with writing():
                publish_course(
                    ready=ready,
                    note="Première édition / First edition",
                    by=SYSTEM,
                    event_id=derived_id("published-at-first-start", course.name),
                    at=now(),
                    channel="command",
                )
        except Refusal as refusal:
            click.secho(f"{course.name}: {refusal}", fg="yellow", err=True)


def without_demo(app: Relais, *, whole: bool) -> Settings:
    """A site with real people is no demonstration, whatever its settings say; one whose record is
    damaged cannot tell, so it is none either."""
    settings = app.settings
    if not whole:
        return settings.model_copy(update={"demo": False})
    if settings.demo and people.count_of_learners(demo=False):
        click.secho("This site holds real people: demonstration mode is off.", fg="yellow")
        return settings.model_copy(update={"demo": False})
    return settings


def _give_large_blocks_back() -> None:
    """glibc keeps a freed block of a password's check (19 MiB) for each thread, unless told."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(-3, 1024 * 1024)  # M_MMAP_THRESHOLD


def run_gunicorn(app: Relais, settings: Settings) -> None:
    """gunicorn with threads, loaded once and forked, without a control socket."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in gunicorn_options(app, settings).items():
                self.cfg.set(name, value)

        def load(self) -> Relais:
            return app

    _give_large_blocks_back()
    gc.collect()
    gc.freeze()  # what was loaded before the fork stays shared: no collection touches it
    Server().run()


def gunicorn_options(app: Relais, settings: Settings) -> dict[str, Any]:
    """How the site is served; the benchmark serves its baseline the same way."""

    def leave_connections(_server: Any, _worker: Any) -> None:
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose(close=False)
        keep_working(app, settings)
        keep_speaking(app, settings)

    shared_memory = Path("/dev/shm")
    return {
        "bind": f"{settings.host}:{settings.port}",
        "worker_class": "gthread",
        "workers": settings.workers,
        "threads": settings.threads,
        "preload_app": True,
        "post_fork": leave_connections,
        "control_socket_disable": True,
        "worker_tmp_dir": str(shared_memory) if shared_memory.is_dir() else None,
        "graceful_timeout": 20,
        "keepalive": 15,
        "max_requests": 0,
        "loglevel": "warning",
        "proc_name": "relais",
    }


@click.command()
@click.option("--learners", default=60, show_default=True, help="How many demo people learn.")
@on_the_record
def demo(learners: int) -> None:
    """Fill the site with demo people, plainly marked and never counted in real figures."""
    settings = this_server().settings
    if people.count_of_learners(demo=False):
        raise RealPeopleHere
    with writing():
        add_organisations(union_and_states(), by=SYSTEM, at=now())
    if not courses.catalogue("fr"):
        publish_ready(settings.courses_dir)
    bar, move = progress_bar("Filling the demonstration")
    with bar:
        fill(learners=learners, at=now(), progress=move)

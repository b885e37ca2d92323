"""Checking and publishing courses."""

from pathlib import Path

import click

from lms.base.clock import now
from lms.base.database import writing
from lms.base.ids import new_id
from lms.base.refusals import Refusal
from lms.cli.server import on_the_record
from lms.courses.actions import publish_course, ready_folder
from lms.courses.checking import check_course
from lms.courses.reader import stamp_translations
from lms.record.events import SYSTEM
from lms.settings import read_settings


@click.group()
def courses() -> None:
    """Check, stamp and publish courses."""


def _folders(slugs: tuple[str, ...]) -> list[Path]:
    root = read_settings().courses_dir
    if slugs:
        return [root / slug for slug in slugs]
    return sorted(path.parent for path in root.glob("*/course.yaml"))


@courses.command()
@click.argument("slugs", nargs=-1)
def check(slugs: tuple[str, ...]) -> None:
    """List every problem as file:line, with what to do. Ends with 1 where something is wrong."""
    errors = 0
    for folder in _folders(slugs):
        problems = check_course(folder)
        wrong = [problem for problem in problems if problem.severity == "error"]
        errors += len(wrong)
        for problem in problems:
            click.secho(
                f"{folder.name}/{problem}", fg="red" if problem.severity == "error" else "yellow"
            )
        colour = "red" if wrong else "green"
        click.secho(
            f"{folder.name}: {len(wrong)} errors, {len(problems) - len(wrong)} warnings", fg=colour
        )
    if errors:
        raise SystemExit(1)


@courses.command()
@click.argument("slugs", nargs=-1)
def stamp(slugs: tuple[str, ...]) -> None:
    """Write into each translation which source text it was made from."""
    for folder in _folders(slugs):
        for path in stamp_translations(folder):
            click.echo(f"{folder.name}/{path}")


@courses.command()
@click.argument("slugs", nargs=-1)
@click.option("--note", default="", help="What changed in this edition.")
@on_the_record
def publish(slugs: tuple[str, ...], note: str) -> None:
    """Publish a new edition of each course, or of those named."""
    refused = False
    for folder in _folders(slugs):
        try:
            ready = ready_folder(folder)
            with writing():
                edition = publish_course(
                    ready=ready,
                    note=note,
                    by=SYSTEM,
                    event_id=new_id(),
                    at=now(),
                    channel="command",
                )
            click.secho(f"{folder.name}: edition {edition.number}", fg="green")
        except Refusal as refusal:
            refused = True
            click.secho(f"{folder.name}: {refusal}", fg="red")
    if refused:
        raise SystemExit(1)

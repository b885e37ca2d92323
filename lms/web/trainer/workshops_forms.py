"""What is typed about a workshop, and how it becomes a plan."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from lms.base.ids import derived_id
from lms.web.desk import say
from lms.web.language import OWN_NAMES
from lms.web.trainer.workshops_words import MODE_NAMES, THEME_NAMES
from lms.workshops.rules import Plan, Sitting, problems_in, sitting_from_typed
from lms.workshops.rules.refusals import WorkshopRefusal

ROWS: Final = 6
LONGEST: Final = 200
Groups = Mapping[str, Sequence[tuple[str, str]]]
"""Heading → (id, name) of organisations."""


def choices(names: Mapping[str, str]) -> list[SelectChoice]:
    """Value → name, as a field wants them."""
    return [SelectChoice(value, name) for value, name in names.items()]


class WorkshopForm(FlaskForm):  # type: ignore[misc]
    """All about a workshop but its sittings. The room says what is wrong."""

    title = StringField(_l("Title"))
    theme = RadioField(_l("Theme"), choices=choices(THEME_NAMES))
    organiser = SelectField(_l("Who organises it"), choices=[])
    language = RadioField(_l("Language"), choices=choices(OWN_NAMES))
    mode = RadioField(_l("How people meet"), choices=choices(MODE_NAMES))
    place = StringField(
        _l("Place"), description=_l("The town and the room; or the address of the online meeting.")
    )
    facilitators = StringField(
        _l("Facilitators (optional)"), description=_l("Their names, as on the programme.")
    )
    invited = SelectMultipleField(_l("Who is invited"), choices=[])


@dataclass(frozen=True, slots=True)
class SittingLine:
    """One line of sittings as it was typed. `id` is empty for a line that is new."""

    number: int
    id: str
    on: str
    starts: str
    ends: str

    @property
    def is_empty(self) -> bool:
        """Nothing was typed in it."""
        return not (self.on or self.starts or self.ends)


def lines_of(sittings: Iterable[Sitting]) -> tuple[SittingLine, ...]:
    """The lines of a form that is shown for the first time."""
    known = [(s.id, s.on.isoformat(), f"{s.starts:%H:%M}", f"{s.ends:%H:%M}") for s in sittings]
    empty = [("", "", "", "")] * (ROWS - len(known))
    return tuple(SittingLine(n, *line) for n, line in enumerate([*known, *empty], start=1))


def typed_lines() -> tuple[SittingLine, ...]:
    """The lines of the form that was sent."""
    names = ("sitting", "on", "from", "to")
    columns = [[value.strip()[:40] for value in request.form.getlist(name)] for name in names]
    lines = list(zip(*columns, strict=False))[:40]
    return tuple(SittingLine(n, *line) for n, line in enumerate(lines, start=1))


@dataclass(frozen=True, slots=True)
class Typed:
    """A plan as far as it could be read, and what is wrong: (field, sentence)."""

    plan: Plan
    problems: tuple[tuple[str, str], ...]


def read_plan(
    form: WorkshopForm,
    lines: Iterable[SittingLine],
    *,
    ticket: str,
    may_organise: Collection[str],
    may_invite: Collection[str],
    known_sittings: Collection[str] = (),
) -> Typed:
    """The plan in the form that was sent. Organisations and sittings that were not offered are
    left out."""
    sittings, refused = _sittings(lines, ticket, known_sittings)
    plan = Plan(
        title=_short(form.title.data),
        theme=form.theme.data or "",
        organiser=form.organiser.data if form.organiser.data in may_organise else "",
        language=form.language.data or "",
        mode=form.mode.data or "",
        place=_short(form.place.data),
        sittings=tuple(sittings),
        invited=tuple(id for id in form.invited.data or () if id in may_invite),
        facilitators=_short(form.facilitators.data),
    )
    found = [p for p in problems_in(plan) if not (refused and p.field == "sittings")]
    problems = tuple((problem.field, say(problem.sentence)) for problem in [*found, *refused])
    _say_beside(form, problems)
    return Typed(plan, problems)


def _short(text: str | None) -> str:
    return " ".join((text or "").split())[:LONGEST]


def _sittings(
    lines: Iterable[SittingLine], ticket: str, known: Collection[str]
) -> tuple[list[Sitting], list[WorkshopRefusal]]:
    sittings: list[Sitting] = []
    refused: list[WorkshopRefusal] = []
    for line in lines:
        if line.is_empty:
            continue
        id = line.id if line.id in known else derived_id(ticket, "sitting", str(line.number))
        try:
            sittings.append(sitting_from_typed(line.number, id, line.on, line.starts, line.ends))
        except WorkshopRefusal as refusal:
            refused.append(refusal)
    return sittings, refused


def _say_beside(form: WorkshopForm, problems: Iterable[tuple[str, str]]) -> None:
    for name, text in problems:
        if name in form:
            form[name].errors = [*form[name].errors, text]

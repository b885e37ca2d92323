"""What the templates of the manager's desk are given."""

from dataclasses import dataclass
from datetime import date

from lms.base.language import Sentence
from lms.certificates.rules import Certificate
from lms.people.erasures.rules import Erasure
from lms.people.rules import Person
from lms.web.confidences import Confided
from lms.web.declared import DeclaredLine
from lms.web.manager.forms import MoveForm, PersonForm, ResetForm
from lms.web.paging import Sheet


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of the list; `done` is in words."""

    name: str
    url: str
    number: str
    staff_number: str
    office: str
    done: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The people of my offices. `total` counts all that were found, not this page alone."""

    search: str
    total: int
    lines: tuple[PersonLine, ...]
    pages: Sheet
    export_ticket: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who is registered already with the same number or address.

    `name` and `url` are empty where that person is outside the manager's offices.
    """

    typed: str
    is_email: bool
    name: str = ""
    office: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The form that registers a person, with a first password to propose."""

    form: PersonForm
    ticket: str
    suggestion: str
    twins: tuple[Twin, ...] = ()

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.twins)


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """A first password, shown once to be told to the person."""

    person: Person
    password: str
    registered: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """An office from a day until a day (None: it goes on); `current`: the person belongs there
    today; `further`: beside their own office."""

    since: date
    until: date | None
    office: str
    employment: str
    current: bool
    further: bool


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """An office from a day to come. `ticket` calls it off; empty where it is not mine to."""

    event: str
    on: date
    office: str
    employment: str
    further: bool
    ticket: str


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course of a person, in words."""

    title: str
    state: str
    completed: bool
    done: int
    required: int
    last_on: date


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One course that is asked of a person, in words. `state` is the colour of its tag."""

    title: str
    words: str
    state: str
    subject: str
    ticket: str
    by_rule: bool


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened to a person, on a day."""

    on: date
    what: Sentence


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person: facts, offices, courses, certificates, and what a manager may do. `at_home`: the
    person's own office is one of mine."""

    person: Person
    confided: Confided
    places: tuple[str, ...]
    employment: str
    sex: str
    language: str
    registered_on: date | None
    history: tuple[PlaceLine, ...]
    planned: tuple[PlannedLine, ...]
    at_home: bool
    closed: bool
    erasure: Erasure | None
    courses: tuple[CourseLine, ...]
    certificates: tuple[Certificate, ...]
    declared: tuple[DeclaredLine, ...]
    asked: tuple[AskedLine, ...]
    story: tuple[StoryLine, ...]
    move: MoveForm
    move_ticket: str
    reset: ResetForm
    reset_ticket: str
    suggestion: str
    may_reset: bool

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.move.errors or self.reset.errors)

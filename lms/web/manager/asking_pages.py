"""What the templates about asking people to learn are given."""

from dataclasses import dataclass
from datetime import date

from lms.base.language import Sentence
from lms.learning.paths.queries import Totals
from lms.learning.paths.rules import Path
from lms.people.rules import Person
from lms.web.manager.asking_forms import EnrolForm, EnrolOneForm, PathForm, RuleForm
from lms.web.manager.pages import AskedLine
from lms.web.paging import Sheet


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One office: how many people are asked something, have done all of it, are late."""

    office: str
    url: str
    people: int
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class PathLine:
    """One path of the list. `belongs_to` names its organisation."""

    title: str
    url: str
    belongs_to: str
    courses: int
    people: int


@dataclass(frozen=True, slots=True)
class LearningPage:
    """What is asked of my people: paths, and office by office who is late."""

    paths: tuple[PathLine, ...]
    units: tuple[UnitLine, ...]
    totals: Totals

    @property
    def several(self) -> bool:
        """Whether somebody stands in the lines of several offices."""
        return sum(line.people for line in self.units) > self.totals.people


@dataclass(frozen=True, slots=True)
class LateLine:
    """One course of one person that is late; `path` is empty where the course was asked alone."""

    name: str
    url: str
    number: str
    staff_number: str
    office: str
    course: str
    path: str
    due: date
    days: int
    how_late: str


@dataclass(frozen=True, slots=True)
class LatePage:
    """Everything that is late, the longest late first. `office` is the one chosen, if any; `units`
    are the offices where somebody is late, empty where one was chosen. `whole_url` leads to the
    whole list on one page, empty where this is it or where it is too long for one."""

    office: str
    office_name: str
    offices: tuple[tuple[str, str], ...]
    totals: Totals
    units: tuple[UnitLine, ...]
    whole_url: str
    lines: tuple[LateLine, ...]
    pages: Sheet
    export_ticket: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A line of which nobody is asked, and why. `number` counts the lines that were typed, from
    1; one that `repeats` another need not be put right."""

    number: int
    typed: str
    says: Sentence
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class EnrolPage:
    """The form that asks several people; after it was sent, what came of it."""

    form: EnrolForm
    ticket: str
    enrolled: int | None = None
    known: int = 0
    refused: tuple[NotUnderstood, ...] = ()
    repeated: tuple[NotUnderstood, ...] = ()

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One course of a path: how many people of mine are asked, have begun, are done."""

    title: str
    url: str
    people: int
    begun: int
    done: int


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words; `ticket` is empty where it is not mine to withdraw."""

    id: str
    who: str
    unit: str
    days: int
    ticket: str


@dataclass(frozen=True, slots=True)
class PathPage:
    """One path: its courses in order, who follows it by rule, how far each office is."""

    path: Path
    title: str
    belongs_to: str
    steps: tuple[CourseStep, ...]
    units: tuple[UnitLine, ...]
    rules: tuple[RuleLine, ...]
    rule_form: RuleForm
    rule_ticket: str
    withdraw_ticket: str
    mine: bool

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.rule_form.errors)


@dataclass(frozen=True, slots=True)
class PathCourse:
    """One course that a path may hold; `place` counts from 1, 0 outside the path."""

    slug: str
    title: str
    place: int


@dataclass(frozen=True, slots=True)
class PathFormPage:
    """The form of a new path or of one that is changed."""

    path: Path | None
    form: PathForm
    courses: tuple[PathCourse, ...]
    no_courses: bool
    ticket: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.no_courses)


@dataclass(frozen=True, slots=True)
class EnrolOnePage:
    """What is asked of one person, and the form that asks more."""

    person: Person
    lines: tuple[AskedLine, ...]
    form: EnrolOneForm
    ticket: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors)

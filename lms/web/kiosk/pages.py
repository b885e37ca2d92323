"""What the kiosk's templates are given."""

from dataclasses import dataclass

from lms.base.language import Sentence
from lms.courses.rules import CourseCard, Edition, EditionText, LessonText, Question
from lms.web.kiosk.forms import CodeForm, EnrolForm, NumberForm, PinForm
from lms.web.listening import Listen
from lms.web.outline import ModuleLines
from lms.web.results import Result


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    """What somebody can do first. `ticket` is for looking around."""

    ticket: str


@dataclass(frozen=True, slots=True)
class FormPage:
    """One thing to type. `refused` is why it was not taken."""

    form: NumberForm | PinForm | CodeForm | EnrolForm
    refused: Sentence | None = None

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class PinPage:
    """A PIN to type. `shown` is the card's number in groups; `first_name` stands where one
    chooses; `again` is the second time."""

    form: PinForm
    refused: Sentence | None = None
    shown: str = ""
    first_name: str = ""
    again: bool = False

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class EnrolPage:
    """The form that makes this machine a kiosk; `label` and `office` where it is one already."""

    form: EnrolForm
    refused: Sentence | None
    label: str
    office: str

    @property
    def problems(self) -> bool:
        """Whether something must be put right."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class LookPage:
    """The courses, to look at."""

    cards: tuple[CourseCard, ...]


@dataclass(frozen=True, slots=True)
class LookCoursePage:
    """One course, to look at."""

    edition: Edition
    text: EditionText
    modules: tuple[ModuleLines, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go to. `kind` is question, lesson or course."""

    kind: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class LookLessonPage:
    """One lesson, to look at."""

    course: str
    course_title: str
    module_title: str
    lesson: LessonText
    number: int
    total: int
    previous: Link | None
    next: Link
    listen: Listen | None = None


@dataclass(frozen=True, slots=True)
class LookQuestionPage:
    """One question, to try: nothing of the answer is kept."""

    course: str
    lesson: str
    title: str
    question: Question
    number: int
    total: int
    given: dict[str, object]
    result: Result | None
    refused: Sentence | None
    next: Link
    listen: Listen | None = None

    @property
    def problems(self) -> bool:
        """Whether the answer must be put right."""
        return self.refused is not None

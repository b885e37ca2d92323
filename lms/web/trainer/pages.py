"""What the templates of the trainer's desk about courses are given."""

from dataclasses import dataclass
from datetime import date, datetime

from lms.courses.rules import Edition, EditionText, FinalTestText, KeyWords, LessonText, Question
from lms.courses.rules import FileChange as Change
from lms.web.paging import Sheet
from lms.web.trainer.forms import PublishForm


@dataclass(frozen=True, slots=True)
class FolderState:
    """Where a folder stands, in words. `tone` is a tag's; `ready` says it can be published."""

    words: str
    tone: str
    ready: bool


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One course folder in the list."""

    title: str
    url: str
    edition: int | None
    state: FolderState
    began: int
    completed: int


@dataclass(frozen=True, slots=True)
class CoursesPage:
    """Every course folder of this server."""

    lines: tuple[FolderLine, ...]


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One line of the checker: where, and what to do."""

    path: str
    line: int
    sentence: str
    severity: str


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One published edition."""

    number: int
    hash: str
    published_at: datetime | None
    note: str
    on_offer: bool
    export_url: str


@dataclass(frozen=True, slots=True)
class LearnerLine:
    """One learner of the course, how far in words."""

    name: str
    number: str
    office: str
    state: str
    done: int
    required: int
    completed: bool
    last_on: date


@dataclass(frozen=True, slots=True)
class CoursePage:
    """One course folder: what to correct, its editions, who is where, and publishing."""

    slug: str
    title: str
    hash: str
    languages: tuple[str, ...]
    state: FolderState
    problems_found: tuple[ProblemLine, ...]
    errors: int
    editions: tuple[EditionLine, ...]
    learners: tuple[LearnerLine, ...]
    learners_total: int
    pages: Sheet
    form: PublishForm
    ticket: str
    refused: str

    @property
    def problems(self) -> bool:
        """Whether publishing was tried and refused."""
        return bool(self.form.errors or self.refused)


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One lesson of a preview; `mark` says what its translation lacks, or is empty."""

    title: str
    url: str
    minutes: int
    mark: str


@dataclass(frozen=True, slots=True)
class PreviewModule:
    """One module of a preview."""

    title: str
    lines: tuple[PreviewLine, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A course as its learners would meet it."""

    slug: str
    edition: Edition
    text: EditionText
    mark: str
    modules: tuple[PreviewModule, ...]
    test: PreviewLine | None
    errors: int


@dataclass(frozen=True, slots=True)
class QuestionKeyPage:
    """A question as a learner gets it, and what only the trainer sees. `right` holds HTML; `words`
    is None where the first language has no such question, so nothing says what is right."""

    question: Question
    words: KeyWords | None
    right_ids: tuple[str, ...]
    right: tuple[str, ...]
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A page to go to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a page that is previewed; `questions` with their keys. `code` is the language
    that was asked for, `language` the one it is written in."""

    code: str
    language: str
    name: str
    words: LessonText | FinalTestText
    mark: str
    questions: tuple[QuestionKeyPage, ...]


@dataclass(frozen=True, slots=True)
class PreviewPartPage:
    """A lesson or the test, in the reader's language or in two languages side by side."""

    slug: str
    course_title: str
    title: str
    module_title: str
    number: int
    total: int
    sides: tuple[Side, ...]
    by_side: bool
    other_view_url: str
    previous: Link | None
    next: Link | None
    edition: Edition

    @property
    def side(self) -> Side:
        """The reader's own language."""
        return self.sides[0]


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """An edition to choose for a comparison."""

    hash: str
    name: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What became of each file between two editions."""

    slug: str
    title: str
    choices: tuple[EditionChoice, ...]
    old: str
    new: str
    changes: tuple[Change, ...]

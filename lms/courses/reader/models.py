"""The shape of course.yaml and of each front matter, and what to say when it is another."""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from lms.base.language import Sentence, sentence

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
Minutes = Annotated[int, Field(ge=1, le=6000)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Translated(_Strict):
    """Which source text a translation was made from."""

    source: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{10}$")]


class IndexFront(_Strict):
    """Front matter of a course's index."""

    title: Words
    summary: Words
    audience_sentence: Words = Field(alias="for")
    objectives: list[Words] = Field(min_length=1, max_length=10)
    l10n: Translated | None = None


class ModuleFront(_Strict):
    """Front matter of a module's index."""

    title: Words
    summary: Words
    l10n: Translated | None = None


class LessonFront(_Strict):
    """Front matter of a lesson."""

    title: Words
    summary: Words
    minutes: Minutes
    objectives: list[Words] = Field(min_length=1, max_length=10)
    sources: list[Code] = []
    l10n: Translated | None = None


class FinalTestFront(_Strict):
    """Front matter of the final test."""

    title: Words
    summary: Words
    minutes: Minutes
    pool: Annotated[int, Field(ge=1, le=200)]
    l10n: Translated | None = None


class Attempts(_Strict):
    """How often the final test may be taken: 0 means without limit."""

    max: Annotated[int, Field(ge=0, le=1000)]
    pause_minutes: Annotated[int, Field(ge=0, le=100_000)]


class Certificate(_Strict):
    """What a completion gives; 0 months means without end."""

    kind: Literal["none", "completion"]
    valid_months: Annotated[int, Field(ge=0, le=600)]


class Assistance(_Strict):
    """Whether a helper may be with the learner: at the final test."""

    test: bool = True


class CourseYaml(_Strict):
    """course.yaml."""

    id: Code
    languages: list[Language] = Field(min_length=1, max_length=20)
    status: Literal["draft", "published", "archived"]
    audience: list[Literal["staff", "msme", "citizen"]] = Field(min_length=1)
    track: Literal["re-skilling", "up-skilling", "product", "security", "citizen", "msme"]
    competences: list[Words] = []
    minutes: Minutes
    level: Literal["A1", "A2", "B1", "B2", "C1", "C2"]
    pass_mark: Annotated[int, Field(ge=0, le=100)]
    attempts: Attempts
    prerequisites: list[Code] = []
    certificate: Certificate
    checked_on: Day
    sources: list[Code] = []
    licence: Words
    contact: Words
    recognised: bool
    assistance: Assistance = Assistance()


Complaint = tuple[str, Sentence]
"""The key that is wrong ("certificate.kind"), and what to do."""


def complaints(problem: ValidationError) -> Iterator[Complaint]:
    """Every wrong key of a pydantic error, with a sentence for its author."""
    for error in problem.errors():
        place = [str(part) for part in error["loc"]]
        yield ".".join(place), _said(error["type"], ".".join(place), error)


def _said(kind: str, key: str, error: Any) -> Sentence:
    if kind == "missing":
        return sentence("The key “%(key)s” is missing. Add a line that begins with it.", key=key)
    if kind == "extra_forbidden":
        return sentence("The key “%(key)s” is not known. Check its spelling or remove it.", key=key)
    if kind == "literal_error":
        allowed = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return sentence("“%(key)s” must be one of: %(allowed)s.", key=key, allowed=allowed)
    if kind in _RANGES:
        limit = str(next(iter(error["ctx"].values())))
        return _RANGES[kind](key, limit)
    return _by_type(kind, key)


def _at_least(key: str, limit: str) -> Sentence:
    return sentence("“%(key)s” must be %(limit)s or more.", key=key, limit=limit)


def _at_most(key: str, limit: str) -> Sentence:
    return sentence("“%(key)s” must be %(limit)s or less.", key=key, limit=limit)


_RANGES: Final = {"greater_than_equal": _at_least, "less_than_equal": _at_most}


def _by_type(kind: str, key: str) -> Sentence:
    if kind.startswith("int"):
        return sentence("“%(key)s” must be a whole number, without quotes.", key=key)
    if kind.startswith("bool"):
        return sentence("“%(key)s” must be true or false.", key=key)
    if kind in ("too_short", "string_too_short"):
        return sentence("“%(key)s” is empty. Write it, or remove the line.", key=key)
    if kind in ("too_long", "string_too_long"):
        return sentence("“%(key)s” is too long. Shorten it.", key=key)
    if kind == "list_type":
        return sentence("“%(key)s” must be a list: one line each, beginning with a dash.", key=key)
    if kind in ("model_type", "dict_type"):
        return sentence("“%(key)s” has keys of its own. See the example in the guide.", key=key)
    if kind == "string_pattern_mismatch":
        return sentence("“%(key)s” is not written as it should be. See the guide.", key=key)
    return sentence("“%(key)s” must be text. Put it in quotes.", key=key)

"""From one Markdown file to a page: front matter, body, quiz, and what it mentions."""

from dataclasses import dataclass
from itertools import islice
from typing import Final

from frontmatter.default_handlers import YAMLHandler
from pydantic import BaseModel, ValidationError

from lms.base.language import sentence
from lms.courses.reader.files import FileRefused, text_of
from lms.courses.reader.mentions import mentions_in, values_in
from lms.courses.reader.models import complaints
from lms.courses.reader.notes import Notes
from lms.courses.reader.quiz import questions_in, split_quiz
from lms.courses.reader.yaml_text import YamlRefused, YamlText, read_yaml
from lms.courses.rules.course import (
    Front,
    Mention,
    Page,
    SourceFile,
    SourceQuestion,
    digest_of,
)

PARAGRAPH_LIMIT: Final = 20_000
_PARAGRAPH_TOO_LONG: Final = sentence(
    "This paragraph is too long. Cut it into several, with an empty line between them."
)
_NO_FRONT: Final = sentence(
    "The front matter is missing. Begin the file with a line “---”, the keys, and another “---”."
)
_NO_QUIZ_HERE: Final = sentence(
    "A quiz is not shown on this page. Move it to a lesson or to the test."
)


def read_page(
    file: SourceFile, language: str, model: type[BaseModel], *, quiz: bool
) -> tuple[Page, Notes]:
    """The page in a file, with the problems met. `model` is the shape of its front matter."""
    notes = Notes(file.path)
    try:
        text = text_of(file)
    except FileRefused as refused:
        notes.add(0, refused.sentence)
        text = ""
    halves = _split(text)
    if halves.front is None and text:
        notes.add(0, _NO_FRONT)
    above = notes.further(halves.front_offset)
    found = _read_front(halves, above)
    front = _front(found, model, above) if halves.front is not None else Front()
    body, mentions, questions = _read_body(halves, notes, quiz=quiz)
    page = Page(
        path=file.path,
        language=language,
        front=front,
        body=body,
        body_line=halves.body_offset + 1,
        digest=digest_of(text),
        text=text,
        lines={key: line + halves.front_offset for key, line in found.lines.items()},
        mentions=(*mentions, *values_in(text)),
        questions=tuple(questions),
    )
    return page, notes


@dataclass(frozen=True, slots=True)
class _Halves:
    """Front matter (None without one) and body, each with how many lines stand before it."""

    front: str | None
    front_offset: int
    body: str
    body_offset: int


def _split(text: str) -> _Halves:
    handler = YAMLHandler()
    bounds = list(islice(handler.FM_BOUNDARY.finditer(text), 2))
    if len(bounds) < 2 or bounds[0].start() != 0:
        return _Halves(None, 0, text, 0)
    first, second = bounds
    front, body = text[first.end() : second.start()], text[second.end() :]
    offsets = (text.count("\n", 0, first.end()), text.count("\n", 0, second.end()))
    return _Halves(front, offsets[0], body, offsets[1])


def _read_front(halves: _Halves, notes: Notes) -> YamlText:
    if halves.front is None:
        return YamlText({}, {})
    try:
        found = read_yaml(halves.front)
    except YamlRefused as refused:
        notes.add(refused.line - 1, refused.sentence)
        return YamlText({}, {})
    for line, what in found.repeated():
        notes.add(line - 1, what)
    return found


def _front(found: YamlText, model: type[BaseModel], notes: Notes) -> Front:
    values = dict(found.values)
    try:
        model.model_validate(values)
    except ValidationError as problem:
        for key, what in complaints(problem):
            notes.add(found.line_of(key) - 1, what)
    return Front(
        title=_text(values.get("title")),
        summary=_text(values.get("summary")),
        audience_sentence=_text(values.get("for")),
        objectives=_texts(values.get("objectives")),
        minutes=_number(values.get("minutes")),
        pool=_number(values.get("pool")),
        sources=_texts(values.get("sources")),
        translated_from=_translated_from(values.get("l10n")),
    )


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_text(item) for item in value if _text(item)) if isinstance(value, list) else ()


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _translated_from(value: object) -> str:
    return _text(value.get("source")) if isinstance(value, dict) else ""


def _read_body(
    halves: _Halves, notes: Notes, *, quiz: bool
) -> tuple[str, list[Mention], list[SourceQuestion]]:
    here = notes.further(halves.body_offset)
    long_one = _too_long_paragraph(halves.body)
    if long_one is not None:
        here.add(long_one, _PARAGRAPH_TOO_LONG)
        return "", [], []
    try:
        shown, block = split_quiz(halves.body, here)
        mentions = mentions_in(shown, halves.body_offset + 1)
        if block is None:
            return shown, mentions, []
        if not quiz:
            here.add(block.line - 1, _NO_QUIZ_HERE)
            return shown, mentions, []
        inside = mentions_in(block.text, halves.body_offset + block.line + 1)
        mentions += [mention for mention in inside if mention.what != "heading"]
        return shown, mentions, questions_in(block, here.further(block.line))
    except RecursionError:
        here.add(
            0, sentence("This text is nested too deeply. Use fewer levels of lists or quotes.")
        )
        return "", [], []


def _too_long_paragraph(body: str) -> int | None:
    """The line on which a paragraph ends that would take too long to read, from 0."""
    size = 0
    for number, line in enumerate(body.split("\n")):
        size = size + len(line) if line.strip() else 0
        if size > PARAGRAPH_LIMIT:
            return number
    return None

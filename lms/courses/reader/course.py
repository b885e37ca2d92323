"""From a folder to a `Course`: never stops at the first problem."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from lms.base.language import sentence
from lms.courses.audio.rules import is_recording
from lms.courses.reader import layout
from lms.courses.reader.files import FileRefused, files_from, files_in, text_of
from lms.courses.reader.layout import Named
from lms.courses.reader.models import (
    CourseYaml,
    FinalTestFront,
    IndexFront,
    LessonFront,
    ModuleFront,
    complaints,
)
from lms.courses.reader.notes import Notes
from lms.courses.reader.pages import read_page
from lms.courses.reader.yaml_text import YamlRefused, read_yaml
from lms.courses.rules.course import (
    Course,
    CourseFacts,
    Page,
    Pages,
    Problem,
    SourceFile,
    SourceLesson,
    SourceModule,
)

_SHAPES: Final[Mapping[str, type[BaseModel]]] = {
    "index": IndexFront,
    "module": ModuleFront,
    "lesson": LessonFront,
    "test": FinalTestFront,
}
_NOT_A_PAGE: Final = sentence(
    "This file is not part of the course. Name pages 01-name.fr.md, index.fr.md or test.fr.md, "
    "put pictures into media/, or remove the file."
)
_NO_FACTS: Final = sentence(
    "The file course.yaml is missing. Copy it from another course and change it."
)
LONE_MODULE: Final = "lessons"
"""Id of the module that holds lessons which stand in no module's folder."""


def read_course(folder: Path) -> Course:
    """The course in a folder whose name is its slug, with every problem met on the way."""
    files, problems = files_in(folder)
    return _course(folder.name, files, problems)


def read_files(slug: str, files: Mapping[str, bytes]) -> Course:
    """The same for files that came by another way than a folder."""
    accepted, problems = files_from(files)
    return _course(slug, accepted, problems)


def _course(slug: str, files: dict[str, SourceFile], problems: list[Problem]) -> Course:
    if not layout.is_slug(slug):
        problems.append(Problem(slug, 1, _BAD_SLUG))
    recordings = {path: files.pop(path) for path in list(files) if is_recording(path)}
    facts, fact_lines = _facts(files.get("course.yaml"), problems) if files else (CourseFacts(), {})
    named, others = layout.pages_among(files)
    problems += [Problem(path, 1, _NOT_A_PAGE, "warning") for path in others]
    pages = {page.path: _read(page, files, problems) for page in named}
    return Course(
        slug=slug,
        facts=facts,
        fact_lines=fact_lines,
        pages=_by_language(named, pages, "index"),
        modules=_modules(named, pages),
        test=_by_language(named, pages, "test"),
        files=files,
        problems=tuple(problems),
        recordings=recordings,
    )


_BAD_SLUG: Final = sentence(
    "The folder's name is the course's address. Use small letters, figures and hyphens."
)


def _read(page: Named, files: Mapping[str, SourceFile], problems: list[Problem]) -> Page:
    quiz = page.kind in ("lesson", "test")
    read, notes = read_page(files[page.path], page.language, _SHAPES[page.kind], quiz=quiz)
    problems += notes.found
    return read


def _by_language(named: Iterable[Named], pages: Mapping[str, Page], kind: str) -> Pages:
    return {page.language: pages[page.path] for page in named if page.kind == kind}


def _modules(named: Iterable[Named], pages: Mapping[str, Page]) -> tuple[SourceModule, ...]:
    inside = sorted(
        (page for page in named if page.kind in ("module", "lesson")), key=lambda page: page.folder
    )
    modules = [
        _module(folder, list(group), pages)
        for folder, group in groupby(inside, key=lambda page: page.folder)
    ]
    return tuple(sorted(modules, key=lambda module: (module.number, module.id)))


def _module(folder: str, named: list[Named], pages: Mapping[str, Page]) -> SourceModule:
    found = layout.MODULE.fullmatch(folder)
    number, name = (int(found["number"]), found["id"]) if found else (0, LONE_MODULE)
    lessons = sorted(
        (page for page in named if page.kind == "lesson"), key=lambda page: (page.number, page.stem)
    )
    return SourceModule(
        id=name,
        number=number,
        folder=folder,
        pages=_by_language(named, pages, "module"),
        lessons=tuple(
            _lesson(name, list(group), pages)
            for _, group in groupby(lessons, key=lambda page: page.stem)
        ),
    )


def _lesson(module_id: str, named: list[Named], pages: Mapping[str, Page]) -> SourceLesson:
    first = named[0]
    return SourceLesson(
        id=first.id,
        module_id=module_id,
        number=first.number,
        stem=first.stem,
        pages=_by_language(named, pages, "lesson"),
    )


def _facts(
    file: SourceFile | None, problems: list[Problem]
) -> tuple[CourseFacts, Mapping[str, int]]:
    notes = Notes("course.yaml", found=problems)
    if file is None:
        notes.add(0, _NO_FACTS)
        return CourseFacts(), {}
    try:
        found = read_yaml(text_of(file))
    except FileRefused as refused:
        notes.add(0, refused.sentence)
        return CourseFacts(), {}
    except YamlRefused as refused:
        notes.add(refused.line - 1, refused.sentence)
        return CourseFacts(), {}
    for line, what in found.repeated():
        notes.add(line - 1, what)
    try:
        return _facts_from(CourseYaml.model_validate(found.values)), found.lines
    except ValidationError as problem:
        for key, what in complaints(problem):
            notes.add(found.line_of(key) - 1, what)
        return CourseFacts(), found.lines


def _facts_from(read: CourseYaml) -> CourseFacts:
    return CourseFacts(
        id=read.id,
        languages=tuple(dict.fromkeys(read.languages)),
        status=read.status,
        audience=tuple(read.audience),
        track=read.track,
        competences=tuple(read.competences),
        minutes=read.minutes,
        level=read.level,
        pass_mark=read.pass_mark,
        attempts_max=read.attempts.max,
        pause_minutes=read.attempts.pause_minutes,
        prerequisites=tuple(read.prerequisites),
        certificate=read.certificate.kind,
        certificate_valid_months=read.certificate.valid_months,
        checked_on=read.checked_on,
        sources=tuple(read.sources),
        licence=read.licence,
        contact=read.contact,
        recognised=read.recognised,
        assisted_test=read.assistance.test,
    )

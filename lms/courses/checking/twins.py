"""What must be the same in every language: questions, ids, points, right answers, minutes."""

from collections.abc import Iterator

from lms.base.language import Sentence, sentence
from lms.courses.rules.course import Course, Page, Problem, SourceQuestion
from lms.courses.rules.questions import Kind


def problems(course: Course) -> Iterator[Problem]:
    """Each translation compared with its source."""
    for _, pages in course.parts():
        source = pages.get(course.source_language)
        for page in pages.values():
            if source and page is not source:
                yield from _page(page, source)


def _page(page: Page, source: Page) -> Iterator[Problem]:
    for key in ("minutes", "pool"):
        here, there = getattr(page.front, key), getattr(source.front, key)
        if here and there and here != there:
            line = page.lines.get(key, 1)
            yield Problem(page.path, line, _other_number(key, here, there, source.path))
    if page.front.sources != source.front.sources:
        yield Problem(page.path, page.lines.get("sources", 1), _other_sources(source.path))
    if _shape(page) != _shape(source):
        yield Problem(page.path, page.body_line, _other_shape(source.path), "warning")
    yield from _questions(page, source)


def _shape(page: Page) -> list[str]:
    kept = [one for one in page.mentions if one.what in ("heading", "callout")]
    return [str(one.level) if one.what == "heading" else one.text for one in kept]


def _questions(page: Page, source: Page) -> Iterator[Problem]:
    here = {question.id: question for question in page.questions if question.id}
    there = {question.id: question for question in source.questions if question.id}
    for question_id, question in there.items():
        if question_id not in here:
            yield Problem(
                page.path, page.body_line, _missing(question_id, source.path, question.line)
            )
    for question_id, question in here.items():
        if question_id not in there:
            yield Problem(page.path, question.line, _extra(question_id, source.path))
        else:
            yield from _question(page, question, there[question_id], source)
    if set(here) == set(there) and list(here) != list(there):
        yield Problem(page.path, page.body_line, _other_order(source.path))


def _question(
    page: Page, here: SourceQuestion, there: SourceQuestion, source: Page
) -> Iterator[Problem]:
    where = f"{source.path}:{there.line}"
    if here.kind is None or there.kind is None:
        return
    if here.kind is not there.kind:
        yield Problem(page.path, here.line, _other_kind(here.kind, there.kind, where))
        return
    if here.points != there.points:
        yield Problem(page.path, here.line, _other_points(here.points, there.points, where))
    if [item.id for item in here.items] != [item.id for item in there.items]:
        yield Problem(page.path, here.line, _other_options(where))
    elif [item.right for item in here.items] != [item.right for item in there.items]:
        yield Problem(page.path, here.line, _other_right(where))
    if (here.number, here.tolerance) != (there.number, there.tolerance):
        yield Problem(page.path, here.line, _other_right(where))


def _other_number(key: str, here: int, there: int, source: str) -> Sentence:
    return sentence(
        "“%(key)s” is %(here)s here and %(there)s in %(source)s. Write the same in both.",
        key=key,
        here=here,
        there=there,
        source=source,
    )


def _other_sources(source: str) -> Sentence:
    return sentence("The sources differ from %(source)s. Write the same in both.", source=source)


def _other_shape(source: str) -> Sentence:
    return sentence(
        "Headings or call-outs differ from %(source)s. Give both texts the same parts, in the "
        "same order.",
        source=source,
    )


def _missing(question_id: str, source: str, line: int) -> Sentence:
    return sentence(
        "The question “%(id)s” of %(source)s:%(line)s is missing here. Translate it.",
        id=question_id,
        source=source,
        line=line,
    )


def _extra(question_id: str, source: str) -> Sentence:
    return sentence(
        "The question “%(id)s” is not in %(source)s. Add it there, or correct its id.",
        id=question_id,
        source=source,
    )


def _other_order(source: str) -> Sentence:
    return sentence(
        "The questions stand in another order than in %(source)s. Use the same order.",
        source=source,
    )


def _other_kind(here: Kind, there: Kind, where: str) -> Sentence:
    return sentence(
        "This question is of another kind than in %(where)s (%(here)s, %(there)s). Write both in "
        "the same way.",
        where=where,
        here=here.value,
        there=there.value,
    )


def _other_points(here: int, there: int, where: str) -> Sentence:
    return sentence(
        "The points are %(here)s here and %(there)s in %(where)s. Write the same in both.",
        here=here,
        there=there,
        where=where,
    )


def _other_options(where: str) -> Sentence:
    return sentence(
        "The lines of this question have other ids than in %(where)s, or another order. Use the "
        "same ids in the same order.",
        where=where,
    )


def _other_right(where: str) -> Sentence:
    return sentence(
        "The right answer is not the same as in %(where)s. Correct one of the two.", where=where
    )

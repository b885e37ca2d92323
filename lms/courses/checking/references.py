"""What a text points at: links, glossary terms, operator values, sources of facts."""

from collections.abc import Iterator

from lms.base.language import Sentence, sentence
from lms.courses.reader.mentions import values_in
from lms.courses.rendering.addresses import address_of
from lms.courses.rules.course import Course, Library, Mention, Page, Problem
from lms.courses.rules.marking import folded


def problems(course: Course, library: Library) -> Iterator[Problem]:
    """References that lead nowhere."""
    for position, code in enumerate(course.facts.sources):
        line = course.fact_lines.get(f"sources.{position}", 1)
        yield from _source("course.yaml", line, code, library)
    yield from _values_in_facts(course, library)
    for _, pages in course.parts():
        for page in pages.values():
            yield from _page(course, page, library)


def _page(course: Course, page: Page, library: Library) -> Iterator[Problem]:
    for position, code in enumerate(page.front.sources):
        line = page.lines.get(f"sources.{position}", 1)
        yield from _source(page.path, line, code, library)
    for mention in page.mentions:
        what = _wrong(course, page, mention, library)
        if what:
            yield Problem(page.path, mention.line, what)


def _wrong(course: Course, page: Page, mention: Mention, library: Library) -> Sentence | None:
    if mention.what == "value" and mention.text not in library.values:
        return _unknown_value(mention.text, library)
    if mention.what == "link" and address_of(course, page, mention.text) is None:
        return _broken(mention.text)
    if mention.what == "term":
        return _term(mention.text, page.language, library)
    return None


def _term(name: str, language: str, library: Library) -> Sentence | None:
    word = folded(name)
    if language not in library.terms or word in library.terms[language]:
        return None
    if any(word in terms for terms in library.terms.values()):
        return _term_of_another_language(name)
    return _unknown_term(name)


def _source(path: str, line: int, code: str, library: Library) -> Iterator[Problem]:
    if code not in library.sources:
        yield Problem(path, line, _unknown_source(code))
    elif not library.sources[code]:
        yield Problem(path, line, _doubtful_source(code))


def _values_in_facts(course: Course, library: Library) -> Iterator[Problem]:
    file = course.files.get("course.yaml")
    if file is None:
        return
    for mention in values_in(file.data.decode("utf-8", "replace")):
        if mention.text not in library.values:
            what = _unknown_value(mention.text, library)
            yield Problem("course.yaml", mention.line, what)


def _unknown_value(name: str, library: Library) -> Sentence:
    return sentence(
        "The value “%(name)s” is not known. Use one of: %(known)s.",
        name=name[:60],
        known=", ".join(sorted(library.values)),
    )


def _broken(address: str) -> Sentence:
    return sentence(
        "The link “%(address)s” leads nowhere. Name a lesson's file of this course, or a whole "
        "address beginning with https://.",
        address=address[:80],
    )


def _unknown_term(name: str) -> Sentence:
    return sentence(
        "The term “%(name)s” is not in the glossary. Write it as the glossary does, or write "
        "[[term:the glossary's word|your word]].",
        name=name[:60],
    )


def _term_of_another_language(name: str) -> Sentence:
    return sentence(
        "The term “%(name)s” is in the glossary in another language. Use the word of this text's "
        "language.",
        name=name[:60],
    )


def _unknown_source(code: str) -> Sentence:
    return sentence(
        "The source “%(code)s” is not known. Use a code of sources.csv, or remove it.", code=code
    )


def _doubtful_source(code: str) -> Sentence:
    return sentence(
        "The fact “%(code)s” is not confirmed, so it cannot be taught. Remove it from the text.",
        code=code,
    )

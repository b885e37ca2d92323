"""Translations that are missing, or older than the text they were made from."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from lms.base.language import Sentence, sentence
from lms.courses.rules.course import Course, Page, Pages, Problem

_LINES_SHOWN: Final = 8


def problems(course: Course, earlier: Mapping[str, str]) -> Iterator[Problem]:
    """What is missing or stale, part by part."""
    for stem, pages in course.parts():
        yield from _missing(course, stem, pages)
        source = pages.get(course.source_language)
        for language, page in pages.items():
            if language not in course.facts.languages:
                yield Problem(page.path, 1, _unknown_language(language), "warning")
            elif source and page is not source:
                yield from _stale(page, source, earlier)


def _missing(course: Course, stem: str, pages: Pages) -> Iterator[Problem]:
    for language in course.facts.languages:
        if language in pages:
            continue
        path = f"{stem}.{language}.md"
        if language == course.source_language:
            yield Problem(path, 1, _NO_SOURCE)
        else:
            yield Problem(path, 1, _NO_TRANSLATION, "warning")


def _stale(page: Page, source: Page, earlier: Mapping[str, str]) -> Iterator[Problem]:
    stamp = page.front.translated_from
    if stamp == source.digest:
        return
    line = page.lines.get("l10n", 1)
    if not stamp:
        yield Problem(page.path, line, _NO_STAMP, "warning")
    elif stamp in earlier:
        lines = changed_lines(earlier[stamp], source.text)
        yield Problem(page.path, line, _changed_at(source.path, lines), "warning")
    else:
        yield Problem(page.path, line, _changed(source.path), "warning")


def changed_lines(old: str, new: str) -> list[int]:
    """The lines of `new` on which paragraphs begin that are not in `old`, or that stand where
    paragraphs of `old` are gone."""
    before, after = _paragraphs(old), _paragraphs(new)
    matcher = difflib.SequenceMatcher(
        None, [text for _, text in before], [text for _, text in after], autojunk=False
    )
    lines = []
    for what, _, _, start, end in matcher.get_opcodes():
        if what == "delete" and after:
            lines.append(after[min(start, len(after) - 1)][0])
        elif what != "equal":
            lines += [line for line, _ in after[start:end]]
    return lines


def _paragraphs(text: str) -> list[tuple[int, str]]:
    paragraphs: list[tuple[int, str]] = []
    open_one = False
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if words and open_one:
            start, begun = paragraphs[-1]
            paragraphs[-1] = (start, f"{begun}\n{words}")
        elif words:
            paragraphs.append((number, words))
        open_one = bool(words)
    return paragraphs


_NO_SOURCE: Final = sentence(
    "The text in the course's first language is missing. Write this file, or name another "
    "language first in course.yaml."
)
_NO_TRANSLATION: Final = sentence(
    "This translation is missing, so readers get the other language. Write this file."
)
_NO_STAMP: Final = sentence(
    "Nothing says which text this was translated from. Compare both, then run “lms courses stamp”."
)


def _unknown_language(language: str) -> Sentence:
    return sentence(
        "The language “%(language)s” is not in course.yaml. Add it there, or remove this file.",
        language=language,
    )


def _changed(source: str) -> Sentence:
    return sentence(
        "%(source)s changed after this translation. Compare both, correct this text, then run "
        "“lms courses stamp”.",
        source=source,
    )


def _changed_at(source: str, lines: list[int]) -> Sentence:
    shown = ", ".join(str(line) for line in lines[:_LINES_SHOWN])
    return sentence(
        "%(source)s changed after this translation, in the paragraphs on these lines: %(lines)s. "
        "Correct this text, then run “lms courses stamp”.",
        source=source,
        lines=shown + (" …" if len(lines) > _LINES_SHOWN else ""),
    )

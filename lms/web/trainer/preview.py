"""A folder as learners would meet it, with what only its trainer may see."""

import re
from collections.abc import Sequence
from typing import Any, Final

from flask import current_app, request, url_for
from flask_babel import gettext as _

from lms.courses.preview import Preview
from lms.courses.queries import CourseUnknown, operator_values
from lms.courses.rules import (
    EditionText,
    FinalTestText,
    KeyWords,
    Kind,
    LessonText,
    Question,
    QuestionKey,
    filled,
)
from lms.settings import Settings
from lms.web.language import OWN_NAMES, current_language
from lms.web.trainer.folders import current_preview, readdressed
from lms.web.trainer.pages import (
    Link,
    PreviewLine,
    PreviewModule,
    PreviewPage,
    PreviewPartPage,
    QuestionKeyPage,
    Side,
)

_MEDIA: Final = re.compile(r"/media/(?=[0-9A-Za-z_.-]+)")
_HEADING: Final = re.compile(r'((?:id="|href="#))s-')

Part = LessonText | FinalTestText


def preview_page(slug: str) -> PreviewPage:
    """The course's own page and its list of lessons."""
    preview = current_preview(slug)
    text = _text(preview, current_language())
    return PreviewPage(
        slug=slug,
        edition=preview.edition,
        text=text,
        mark=mark_of(text.fallback, text.stale),
        modules=_modules(slug, preview, text),
        test=_test_line(slug, text),
        errors=sum(problem.severity == "error" for problem in preview.problems),
    )


def mark_of(missing: bool, stale: bool) -> str:
    """What a translation lacks, in words; nothing for one that is up to date."""
    if missing:
        return str(_("Translation missing"))
    return str(_("Translation out of date")) if stale else ""


def lesson_page(slug: str, lesson_id: str) -> PreviewPartPage:
    """A lesson with its questions and their keys."""
    preview = current_preview(slug)
    order = preview.edition.lesson_ids
    if lesson_id not in order:
        raise CourseUnknown(slug=f"{slug}/{lesson_id}")
    place, text = order.index(lesson_id), _text(preview, current_language())
    lesson = text.lesson(lesson_id)
    module = text.module(lesson.module_id) if lesson else None
    return _part_page(
        slug,
        preview,
        text,
        parts=[_text(preview, language).lesson(lesson_id) for language in _shown(preview)],
        module_title=module.title if module else "",
        number=place + 1,
        other_view_url=_other_view("trainer.preview_lesson", slug=slug, lesson=lesson_id),
        previous=_lesson_link(slug, text, order[place - 1]) if place else None,
        next=_after(slug, text, order[place + 1 :]),
    )


def test_page(slug: str) -> PreviewPartPage:
    """The final test: the whole pool, with its keys."""
    preview = current_preview(slug)
    text = _text(preview, current_language())
    if text.test is None:
        raise CourseUnknown(slug=f"{slug}/test")
    return _part_page(
        slug,
        preview,
        text,
        parts=[_text(preview, language).test for language in _shown(preview)],
        module_title="",
        number=0,
        other_view_url=_other_view("trainer.preview_test", slug=slug),
        previous=_lesson_link(slug, text, preview.edition.lesson_ids[-1]),
        next=None,
    )


def by_side() -> bool:
    """Whether two languages are wanted side by side."""
    return request.args.get("side") == "by-side"


def _part_page(
    slug: str, preview: Preview, text: EditionText, *, parts: Sequence[Part | None], **given: Any
) -> PreviewPartPage:
    sides = tuple(
        _side(preview, part, language)
        for part, language in zip(parts, _shown(preview), strict=True)
        if part
    )
    return PreviewPartPage(
        slug=slug,
        course_title=text.title or slug,
        title=sides[0].words.title or slug,
        total=len(preview.edition.lesson_ids),
        sides=sides,
        by_side=by_side() and len(sides) > 1,
        edition=preview.edition,
        **given,
    )


def _shown(preview: Preview) -> list[str]:
    mine, languages = current_language(), preview.edition.languages
    others = [language for language in languages if language != mine]
    return [mine, *others[:1]] if by_side() else [mine]


def _other_view(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, side=None if by_side() else "by-side", **values)


def _text(preview: Preview, language: str) -> EditionText:
    found = preview.texts.get(language) or preview.texts[preview.edition.source_language]
    text = filled(found, language, _values())
    return readdressed(text, lambda html: _moved(html, preview.edition.slug, text.language))


def _values() -> Any:
    settings: Settings = current_app.settings  # type: ignore[attr-defined]
    return operator_values(settings.operator_values)


def _moved(html: str, slug: str, language: str) -> str:
    if "/" not in html:
        return html
    media = url_for("trainer.preview_media", slug=slug, name="-").removesuffix("-")
    lessons = url_for("trainer.preview_course", slug=slug) + "/lessons/"
    html = html.replace(f'href="/{language}/courses/{slug}/', f'href="{lessons}')
    return _MEDIA.sub(media, html) if "/media/" in html else html


def _side(preview: Preview, part: Part, language: str) -> Side:
    if by_side():
        apart = rf"\1{language}-s-"
        part = readdressed(part, lambda html: _HEADING.sub(apart, html))
    return Side(
        code=language,
        language=part.language,
        name=OWN_NAMES.get(language, language),
        words=part,
        mark=mark_of(part.fallback, part.stale),
        questions=tuple(_key_page(preview, question, language) for question in part.questions),
    )


def _key_page(preview: Preview, question: Question, language: str) -> QuestionKeyPage:
    key = preview.keys.get(question.id)
    if key is None:
        return QuestionKeyPage(question, None, (), (), ())
    words: KeyWords = filled(key.in_language(language), language, _values())
    words = readdressed(words, lambda html: _moved(html, preview.edition.slug, language))
    return QuestionKeyPage(question, words, key.right, _right(question, key), key.accepted)


def _right(question: Question, key: QuestionKey) -> tuple[str, ...]:
    html = {option.id: option.html for option in (*question.options, *question.rights)}
    if question.kind == Kind.MATCH:
        return tuple(
            f"{left.html} → {html.get(key.pairs.get(left.id, ''), '?')}" for left in question.lefts
        )
    return tuple(html[option] for option in key.right if option in html)


def _modules(slug: str, preview: Preview, text: EditionText) -> tuple[PreviewModule, ...]:
    modules = []
    for module in preview.edition.modules:
        words = text.module(module.id)
        lessons = filter(None, (text.lesson(lesson) for lesson in module.lesson_ids))
        lines = tuple(_lesson_line(slug, lesson) for lesson in lessons)
        modules.append(PreviewModule(words.title if words else "", lines))
    return tuple(modules)


def _lesson_line(slug: str, lesson: LessonText) -> PreviewLine:
    url = url_for("trainer.preview_lesson", slug=slug, lesson=lesson.id)
    mark = mark_of(lesson.fallback, lesson.stale)
    return PreviewLine(lesson.title, url, lesson.minutes, mark)


def _test_line(slug: str, text: EditionText) -> PreviewLine | None:
    if text.test is None:
        return None
    mark = mark_of(text.test.fallback, text.test.stale)
    url = url_for("trainer.preview_test", slug=slug)
    return PreviewLine(text.test.title, url, text.test.minutes, mark)


def _lesson_link(slug: str, text: EditionText, lesson_id: str) -> Link:
    lesson = text.lesson(lesson_id)
    url = url_for("trainer.preview_lesson", slug=slug, lesson=lesson_id, **_view())
    return Link(lesson.title if lesson else lesson_id, url)


def _after(slug: str, text: EditionText, following: Sequence[str]) -> Link | None:
    if following:
        return _lesson_link(slug, text, following[0])
    if text.test:
        return Link(text.test.title, url_for("trainer.preview_test", slug=slug, **_view()))
    return None


def _view() -> dict[str, Any]:
    return {"side": "by-side"} if by_side() else {}

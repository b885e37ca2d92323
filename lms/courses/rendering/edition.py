"""A whole course rendered: facts, one text for each language, keys, pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lms.base.markdown import markdown_to_html
from lms.base.typography import typographed
from lms.courses.rendering.addresses import Addresses
from lms.courses.rendering.gallery import Gallery, gallery_of
from lms.courses.rendering.quizzes import key_of, public_part
from lms.courses.rules.course import (
    Course,
    Front,
    Library,
    Page,
    Pages,
    SourceLesson,
    SourceModule,
    SourceQuestion,
)
from lms.courses.rules.edition import (
    Edition,
    EditionLesson,
    EditionModule,
    EditionText,
    FinalTest,
    FinalTestText,
    LessonText,
    Media,
    ModuleText,
)
from lms.courses.rules.questions import Question, QuestionKey


@dataclass(frozen=True, slots=True)
class Rendered:
    """What publishing stores. Texts are without keys."""

    texts: Mapping[str, EditionText]
    keys: Mapping[str, QuestionKey]
    media: Mapping[str, Media]


def edition_from(
    course: Course, *, number: int = 0, published_at: datetime | None = None, note: str = ""
) -> Edition:
    """The facts of an edition of this course."""
    facts, source = course.facts, course.source_language
    test = _source_page(course.test, source)
    return Edition(
        slug=course.slug,
        course_id=facts.id,
        number=number,
        hash=course.content_hash,
        published_at=published_at,
        note=note,
        languages=facts.languages,
        status=facts.status,
        audience=facts.audience,
        track=facts.track,
        competences=facts.competences,
        minutes=facts.minutes,
        level=facts.level,
        pass_mark=facts.pass_mark,
        attempts_max=facts.attempts_max,
        pause_minutes=facts.pause_minutes,
        prerequisites=facts.prerequisites,
        certificate=facts.certificate,
        certificate_valid_months=facts.certificate_valid_months,
        recognised=facts.recognised,
        checked_on=facts.checked_on,
        sources=facts.sources,
        licence=facts.licence,
        contact=facts.contact,
        modules=tuple(
            EditionModule(module.id, tuple(lesson.id for lesson in module.lessons))
            for module in course.modules
        ),
        lessons=tuple(_lesson_facts(lesson, source) for lesson in course.lessons),
        test=_test_facts(test) if test else None,
        assisted_test=facts.assisted_test,
    )


def _lesson_facts(lesson: SourceLesson, source: str) -> EditionLesson:
    page = _source_page(lesson.pages, source)
    questions = tuple(question.id for question in page.questions) if page else ()
    return EditionLesson(lesson.id, page.front.minutes if page else 0, questions)


def _test_facts(page: Page) -> FinalTest:
    ids = tuple(question.id for question in page.questions)
    return FinalTest(ids, min(page.front.pool or len(ids), len(ids)), page.front.minutes)


def _source_page(pages: Pages, source: str) -> Page | None:
    return pages.get(source) or next(iter(pages.values()), None)


def render_course(course: Course, library: Library) -> Rendered:
    """HTML, keys and pictures of a course. Parts with problems are left out or shown plainly."""
    gallery = gallery_of(course.files)
    press = _Press(course, library, gallery)
    return Rendered(
        texts={language: press.text(language) for language in course.facts.languages},
        keys=press.keys(),
        media=gallery.media,
    )


@dataclass(frozen=True, slots=True)
class _Press:
    """Renders the pages of one course."""

    course: Course
    library: Library
    gallery: Gallery

    def text(self, language: str) -> EditionText:
        page = self._page(self.course.pages, language)
        front = page.front
        return EditionText(
            hash=self.course.content_hash,
            language=language,
            title=self._plain(front.title, page),
            summary=self._plain(front.summary, page),
            audience_sentence=self._plain(front.audience_sentence, page),
            objectives=tuple(self._plain(one, page) for one in front.objectives),
            html=self._body(page)[0],
            modules=tuple(self._module(module, language) for module in self.course.modules),
            lessons=tuple(self._lesson(lesson, language) for lesson in self.course.lessons),
            test=self._test(language) if self.course.test else None,
            stale=self._is_stale(self.course.pages, page),
        )

    def keys(self) -> dict[str, QuestionKey]:
        parts = [lesson.pages for lesson in self.course.lessons] + [self.course.test]
        return {key.id: key for pages in parts for key in self._keys_of(pages)}

    def _module(self, module: SourceModule, language: str) -> ModuleText:
        page = self._page(module.pages, language)
        title, summary = self._plain(page.front.title, page), self._plain(page.front.summary, page)
        return ModuleText(module.id, title, summary, self._body(page)[0])

    def _lesson(self, lesson: SourceLesson, language: str) -> LessonText:
        page = self._page(lesson.pages, language)
        html, picture_bytes = self._body(page)
        return LessonText(
            id=lesson.id,
            module_id=lesson.module_id,
            language=page.language,
            title=self._plain(page.front.title, page),
            summary=self._plain(page.front.summary, page),
            minutes=page.front.minutes,
            objectives=tuple(self._plain(one, page) for one in page.front.objectives),
            html=html,
            questions=self._questions(lesson.pages, page),
            fallback=page.language != language,
            stale=self._is_stale(lesson.pages, page),
            picture_bytes=picture_bytes,
        )

    def _test(self, language: str) -> FinalTestText:
        page = self._page(self.course.test, language)
        return FinalTestText(
            language=page.language,
            title=self._plain(page.front.title, page),
            summary=self._plain(page.front.summary, page),
            html=self._body(page)[0],
            minutes=page.front.minutes,
            questions=self._questions(self.course.test, page),
            fallback=page.language != language,
            stale=self._is_stale(self.course.test, page),
        )

    def _page(self, pages: Pages, language: str) -> Page:
        found = pages.get(language) or _source_page(pages, self.course.source_language)
        return found or _empty_page(language)

    def _is_stale(self, pages: Pages, page: Page) -> bool:
        source = pages.get(self.course.source_language)
        stamp = page.front.translated_from
        return bool(source and page is not source and stamp and stamp != source.digest)

    def _plain(self, text: str, page: Page) -> str:
        return typographed(text, page.language)

    def _addresses(self, page: Page) -> Addresses:
        return Addresses(self.course, page, self.gallery, self.library)

    def _body(self, page: Page) -> tuple[str, int]:
        addresses = self._addresses(page)
        html = markdown_to_html(
            page.body, language=page.language, references=addresses.references()
        )
        return html.strip(), sum(picture.size for picture in addresses.shown.values())

    def _questions(self, pages: Pages, page: Page) -> tuple[Question, ...]:
        references = self._addresses(page).references()
        sources = self._source_questions(pages)
        return tuple(
            public_part(one, sources.get(one.id, one), page.language, references)
            for one in page.questions
        )

    def _source_questions(self, pages: Pages) -> dict[str, SourceQuestion]:
        source = _source_page(pages, self.course.source_language)
        return {question.id: question for question in source.questions} if source else {}

    def _keys_of(self, pages: Pages) -> list[QuestionKey]:
        source = self.course.source_language
        in_order = sorted(pages.values(), key=lambda page: page.language != source)
        keys = []
        for question_id, question in self._source_questions(pages).items():
            written = {
                page.language: (one, self._addresses(page).references())
                for page in in_order
                for one in page.questions
                if one.id == question_id
            }
            keys.append(key_of(question, written))
        return keys


def _empty_page(language: str) -> Page:
    return Page("", language, Front(), "", 1, "")

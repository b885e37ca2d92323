"""From written questions to the public part and the key, kept in separate values."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from lms.base.markdown import References, inline_to_html, markdown_to_html
from lms.base.typography import typographed
from lms.courses.rules.course import GAP, SourceItem, SourceQuestion
from lms.courses.rules.drawing import hiding_order
from lms.courses.rules.questions import KeyWords, Kind, Option, Question, QuestionKey

GAP_HTML: Final = '<span class="gap">[ … ]</span>'
_Inline = Callable[[str], str]


def public_part(
    question: SourceQuestion, source: SourceQuestion, language: str, references: References
) -> Question:
    """What a learner may see before answering. `source` is the question in the source language,
    from which ids are made that every language shares."""

    def inline(text: str) -> str:
        return inline_to_html(text, language=language, references=references)

    def blocks(text: str) -> str:
        return markdown_to_html(text, language=language, references=references) if text else ""

    match = question.kind is Kind.MATCH
    return Question(
        id=question.id,
        kind=question.kind or Kind.OPEN,
        points=question.points,
        title_html=inline(question.title),
        statement_html=blocks(question.statement).replace(GAP, GAP_HTML),
        hint_html=blocks(question.hint),
        options=() if match else _options(question, source, inline),
        lefts=_lefts(question, inline) if match else (),
        rights=_rights(question, source, inline) if match else (),
    )


def _options(
    question: SourceQuestion, source: SourceQuestion, inline: _Inline
) -> tuple[Option, ...]:
    options = {item.id: Option(item.id, inline(item.text)) for item in question.items}
    if question.kind is Kind.ORDER:
        order = hiding_order([item.id for item in source.items], source.id)
        return tuple(options[one] for one in order if one in options)
    return tuple(options.values())


def _lefts(question: SourceQuestion, inline: _Inline) -> tuple[Option, ...]:
    return tuple(Option(item.id, inline(item.text)) for item in question.items)


def _rights(
    question: SourceQuestion, source: SourceQuestion, inline: _Inline
) -> tuple[Option, ...]:
    right_ids = _right_ids(source)
    rights = {
        right_ids[item.id]: Option(right_ids[item.id], inline(item.other))
        for item in question.items
        if item.id in right_ids
    }
    order = hiding_order([right_ids[item.id] for item in source.items], source.id)
    return tuple(rights[one] for one in order if one in rights)


def _right_ids(source: SourceQuestion) -> dict[str, str]:
    """Left id → right id. A right id comes from its own text, so it does not tell its pair."""
    return {item.id: _right_id(item) for item in source.items}


def _right_id(item: SourceItem) -> str:
    return "r" + hashlib.sha256(item.other.encode()).hexdigest()[:8]


def key_of(
    source: SourceQuestion,
    translations: Mapping[str, tuple[SourceQuestion, References]],
) -> QuestionKey:
    """The secret part. `translations` maps every language, the source language first."""
    kind = source.kind or Kind.OPEN
    in_order = kind is Kind.ORDER
    written = [question for question, _ in translations.values()]
    return QuestionKey(
        id=source.id,
        kind=kind,
        points=source.points,
        right=tuple(item.id for item in source.items if item.right or in_order),
        pairs=_right_ids(source) if kind is Kind.MATCH else {},
        accepted=tuple(dict.fromkeys(word for one in written for word in one.accepted)),
        number=source.number,
        tolerance=source.tolerance,
        words={
            language: _words(question, language, references)
            for language, (question, references) in translations.items()
        },
    )


def _words(question: SourceQuestion, language: str, references: References) -> KeyWords:
    def blocks(text: str) -> str:
        return markdown_to_html(text, language=language, references=references) if text else ""

    first = question.accepted[0] if question.accepted else question.number
    return KeyWords(
        feedback_html={item.id: blocks(item.feedback) for item in question.items if item.feedback},
        explanation_html=blocks(question.explanation),
        answer=_in_figures(first, language) if question.number else typographed(first, language),
    )


def _in_figures(number: str, language: str) -> str:
    return number.replace(".", ",") if language == "fr" else number

"""Reading the library. What is returned is frozen and may be kept: editions never change."""

from lms.courses.library import glossary, operator_values
from lms.courses.queries.editions import (
    catalogue,
    current_edition,
    edition_of,
    editions_missing_here,
    editions_of,
    find_current_edition,
    find_edition,
    is_on_offer,
)
from lms.courses.queries.files import (
    changes_between,
    earlier_texts,
    export_edition,
    find_media,
)
from lms.courses.queries.texts import key_of, keys_of, text_of
from lms.courses.rules.refusals import CourseUnknown, EditionUnknown, QuestionUnknown

__all__ = [
    "CourseUnknown",
    "EditionUnknown",
    "QuestionUnknown",
    "catalogue",
    "changes_between",
    "current_edition",
    "earlier_texts",
    "edition_of",
    "editions_missing_here",
    "editions_of",
    "export_edition",
    "find_current_edition",
    "find_edition",
    "find_media",
    "glossary",
    "is_on_offer",
    "key_of",
    "keys_of",
    "operator_values",
    "text_of",
]

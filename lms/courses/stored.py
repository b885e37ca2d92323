"""Values of this room as JSON and back."""

from typing import Final

from pydantic import TypeAdapter

from lms.courses.rules.edition import Edition, EditionText
from lms.courses.rules.questions import QuestionKey

EDITION: Final = TypeAdapter(Edition)
TEXT: Final = TypeAdapter(EditionText)
KEYS: Final = TypeAdapter(dict[str, QuestionKey])

"""Text that a room says and the edge translates.

Rooms do not know which language a reader has chosen. They return a `Sentence`: the English
message that is looked up in `translations/`, and the values that go into it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

LANGUAGES: Final = ("fr", "en")
SOURCE_LANGUAGE: Final = "fr"

type_of_value = str | int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One message: `text` is the English source with %(name)s places, `values` fills them."""

    text: str
    values: Mapping[str, type_of_value] = field(default_factory=dict)

    def in_words(self, translate: Callable[[str], str] = lambda text: text) -> str:
        """The finished sentence; `translate` maps the English source to the reader's language."""
        text = translate(self.text)
        return text % self.values if self.values else text.replace("%%", "%")

    def __str__(self) -> str:
        return self.in_words()


def sentence(text: str, /, **values: type_of_value) -> Sentence:
    """Marks `text` for the catalogues (Babel extracts the first argument) and keeps its values."""
    return Sentence(text, values)

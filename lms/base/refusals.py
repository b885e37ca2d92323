"""What a room answers when it will not do a thing: a named class with its sentence."""

from typing import ClassVar

from lms.base.language import Sentence, sentence, type_of_value


class Refusal(Exception):
    """Base of every refusal. A subclass sets `says`; the values given at raise fill its places."""

    says: ClassVar[Sentence] = sentence("This could not be done. Try again, or ask for help.")

    def __init__(self, **values: type_of_value) -> None:
        self.values = values
        super().__init__(self.sentence.in_words())

    @property
    def sentence(self) -> Sentence:
        """What the person is told."""
        return Sentence(self.says.text, self.values)

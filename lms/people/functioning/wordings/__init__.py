"""The questions in their official words: English with the package, further languages from files
that an operator adds to a server."""

from lms.people.functioning.wordings.reading import (
    WordingsWrong,
    install_wordings,
    official_wording,
)

__all__ = ["WordingsWrong", "install_wordings", "official_wording"]

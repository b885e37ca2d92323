"""Every sentence of the site is said in every language."""

from lms.base.refusals import Refusal
from lms.cli import lms as command_line
from tests.house.catalogues import problems
from tests.visitor import said


def every_refusal() -> set[type[Refusal]]:
    """All refusals of all rooms."""
    assert command_line.commands  # imports every room
    found: set[type[Refusal]] = set()
    waiting = [Refusal]
    while waiting:
        kind = waiting.pop()
        found.add(kind)
        waiting.extend(kind.__subclasses__())
    return {kind for kind in found if kind.__module__.startswith("lms.")}


def test_no_sentence_is_missing_in_french() -> None:
    assert list(problems()) == []


def test_every_refusal_has_its_sentence_in_french() -> None:
    for kind in every_refusal():
        text = kind.says.text
        assert said("fr", text) != text, f"{kind.__name__}: {text}"

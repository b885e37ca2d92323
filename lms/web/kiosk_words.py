"""The words of the kiosk: what stands on its screens, and so what is read aloud there.

The templates take their words from here, so that nobody hears anything else than what is shown.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from lms.base.language import Sentence, sentence
from lms.base.refusals import Refusal
from lms.courses.audio.outcomes import MINE_RIGHT, MINE_WRONG, PENDING, RIGHT, THEIRS, WRONG

Words = Mapping[str, Sentence]

SCREENS: Final[Mapping[str, Words]] = {
    "start": {"title": sentence("Choose your language")},
    "choices": {
        "title": sentence("What would you like to do?"),
        "card": sentence("I have a card"),
        "new": sentence("I am new"),
        "look": sentence("Look around"),
        "help": sentence("Help"),
    },
    "card": {
        "title": sentence("Your card"),
        "how": sentence(
            "Type the number that stands on your card, or hold the square code before the reader."
        ),
    },
    "pin": {
        "title": sentence("Your PIN"),
        "how": sentence("6 digits. Let nobody look on, not even the helper."),
    },
    "new": {
        "title": sentence("I am new"),
        "lead": sentence(
            "Go to the helper at the counter. You receive a card and a code. It costs nothing."
        ),
        "how": sentence("Type the 6 digits here."),
    },
    "choose-pin": {
        "title": sentence("Choose your PIN"),
        "how": sentence("6 digits that only you know. Not 123456, not your year of birth."),
    },
    "pin-again": {
        "title": sentence("Type your PIN once more"),
        "how": sentence("The same 6 digits."),
    },
    "help": {
        "title": sentence("Help"),
        "card": sentence("You have a card: type its number, then your PIN."),
        "new": sentence(
            "You have no card, lost it or forgot your PIN: ask the helper at the counter."
        ),
        "look": sentence(
            "You only want to see what there is: look around. Nothing about you is kept."
        ),
        "done": sentence(
            "When you leave, press “I have finished”. Your work is saved, and the next person sees "
            "nothing of it."
        ),
    },
    "look": {
        "title": sentence("Look around"),
        "lead": sentence(
            "Read and try what you like. Nothing is kept; with a card your work is saved."
        ),
    },
    "idle": {
        "title": sentence("Are you still here?"),
        "kept": sentence("Your work is saved. An answer that was not sent yet is not kept."),
        "stay": sentence("I am still here"),
    },
    "idle-nobody": {
        "title": sentence("Are you still here?"),
        "kept": sentence("What was typed is not kept."),
        "stay": sentence("I am still here"),
    },
    "go-on": {"title": sentence("Go on where you were")},
    "with-helper": {
        "title": sentence("With a helper"),
        "lead": sentence(
            "A helper can read to you, or type what you say. You stay the one who learns."
        ),
        "line": sentence("A line at the top of each page says that a helper is with you."),
        "mark": sentence("With each answer you say how it was given. This is kept."),
        "end": sentence("You or the helper can end it at any time."),
        "pin": sentence("You never tell your PIN to the helper."),
        "agree": sentence("I agree that a helper joins me"),
    },
    "before-test": {
        "saved": sentence(
            "Each answer is saved when you send it. After a power cut you go on with the next "
            "question."
        ),
        "change": sentence("You can change an answer until you hand the test in."),
    },
    "all-answered": {
        "title": sentence("Before you hand in"),
        "lead": sentence("You have answered every question. You can still change an answer."),
        "button": sentence("Hand in the test"),
    },
    "not-all-answered": {
        "title": sentence("Before you hand in"),
        "lead": sentence("Some questions have no answer yet. They would count as wrong."),
        "button": sentence("Hand in the test"),
    },
    "passed": {"title": sentence("You passed the test")},
    "passed-certificate": {
        "title": sentence("You passed the test"),
        "lead": sentence("The course is complete. Your certificate is ready."),
    },
    "not-passed": {
        "title": sentence("Not passed yet"),
        "lead": sentence("Read below what to look at again. You can try once more after a pause."),
    },
}
"""Screen → its words, in the order in which they are read. A line that names a figure on the page
is said without it: the figures stand there for who reads them."""

OUTCOMES: Final[Words] = {
    RIGHT: sentence("Right"),
    WRONG: sentence("Not right"),
    PENDING: sentence("Your trainer will read this answer"),
    MINE_RIGHT: sentence("Your answer, right"),
    MINE_WRONG: sentence("Your answer, not right"),
    THEIRS: sentence("Right answer"),
}
"""What is shown and said after an answer."""

MESSAGES: Final[Words] = {
    "left": sentence("You are signed out. Your work is saved. Take your card with you."),
    "idle": sentence("Nobody was here for a while. Everything was saved and closed."),
    "pin-chosen": sentence("Your PIN is chosen. Tell it to nobody."),
    "helper-came": sentence("A helper is with you now. Say with each answer how it was given."),
    "helper-left": sentence("The helper has left. You go on alone."),
    "time-over": sentence("The time with the helper is over. You go on alone."),
    "alone-again": sentence("The helper has left. Look at your answer again alone, then save it."),
    "certificate": sentence("The helper at the counter prints your certificate for you."),
    "no-number": sentence("Type the number on your card"),
    "no-pin": sentence("Type your 6 digits"),
    "no-code": sentence("Type the 6 digits that the helper gave you"),
}
"""What a page says once: after something was done, or above a form that is empty."""

WITHOUT_FIGURES: Final[Words] = {
    "There were too many tries. Wait %(minutes)s minutes, or ask the helper at the counter.": (
        sentence("There were too many tries. Wait a while, or ask the helper at the counter.")
    ),
    "Give each line a place of its own, from 1 to %(count)s.": (
        sentence("Give each line a place of its own.")
    ),
    "Your answer is too long. Use %(count)s letters at most.": (
        sentence("Your answer is too long. Make it shorter.")
    ),
    "You have used all %(max)s attempts at this test. Ask your manager or the trainer.": (
        sentence("You have used all attempts at this test. Ask your manager or the trainer.")
    ),
    "Read the lessons again first. You can try the test once more in %(minutes)s minutes.": (
        sentence("Read the lessons again first. You can try the test once more after a pause.")
    ),
}
"""A sentence that names a figure → what is said in its place: no recording can know the figure."""

_MET_HERE: Final = (
    "lms.people.cards.rules",
    "lms.people.assistance.rules",
    "lms.courses.rules.answers",
    "lms.courses.rules.refusals",
    "lms.learning.rules.attempts",
    "lms.web.tickets",
    "lms.web.company",
)
"""Where the refusals are defined that somebody at a kiosk can meet."""


def refusals_met_here() -> Iterator[Sentence]:
    """What these refusals say, before any figure is filled in."""
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        some = waiting.pop().__subclasses__()
        waiting += some
        yield from (each.says for each in some if each.__module__ in _MET_HERE)


def sentences_read_aloud() -> Iterator[Sentence]:
    """Every single sentence that has a recording of its own."""
    yield from MESSAGES.values()
    for each in refusals_met_here():
        yield WITHOUT_FIGURES.get(each.text, each)

"""What each indicator means: its words, its parameters, and the version they belong to. Pure.

Counting reads its parameters here, and the pages show the same values, so that what is written
and what is counted cannot part.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from lms.base.language import Sentence, sentence
from lms.workshops.rules import THRESHOLDS

VERSION: Final = sentence("1 (proposed, awaiting the secretariat's agreement)")
_FIRST_DAY: Final = date(2022, 1, 1)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the secretariat may change. `history` holds (day it takes effect, value), the
    earliest first; the first value also holds for all days before."""

    code: str
    name: Sentence
    unit: Sentence
    history: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int:
        """The value in force on a day."""
        values = [value for since, value in self.history if since <= day]
        return values[-1] if values else self.history[0][1]

    def spans(self) -> tuple[tuple[date, date, int], ...]:
        """(first day, day after the last, value), without a gap from the first to the last day."""
        starts = [date.min, *(since for since, _ in self.history[1:])]
        ends = [*starts[1:], date.max]
        return tuple(
            (start, end, value)
            for start, end, (_, value) in zip(starts, ends, self.history, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Definition:
    """One indicator in words. `order` of `DEFINITIONS` is the order of every page and file."""

    code: str
    name: Sentence
    unit: Sentence
    text: Sentence
    formula: Sentence
    not_counted: tuple[Sentence, ...]
    parameters: tuple[Parameter, ...]


PASS_MARK: Final = Parameter(
    "pass_mark", sentence("Lowest mark of the final test"), sentence("percent"), ((_FIRST_DAY, 70),)
)
COURSE_MINUTES: Final = Parameter(
    "course_minutes",
    sentence("Shortest course that counts"),
    sentence("minutes"),
    ((_FIRST_DAY, 60),),
)
WORKSHOP_MINUTES: Final = Parameter(
    "workshop_minutes",
    sentence("Shortest workshop that counts, all sittings together"),
    sentence("minutes"),
    ((_FIRST_DAY, THRESHOLDS.minutes),),
)
WORKSHOP_PLACES: Final = Parameter(
    "workshop_places",
    sentence("Fewest offices, or fewest member states, its participants come from"),
    sentence("offices or states"),
    ((_FIRST_DAY, min(THRESHOLDS.offices, THRESHOLDS.states)),),
)
SITTINGS_PRESENT: Final = Parameter(
    "sittings_present",
    sentence("Fewest sittings a participant was present at"),
    sentence("sittings"),
    ((_FIRST_DAY, 1),),
)
ASSISTANCE_MINUTES: Final = Parameter(
    "assistance_minutes",
    sentence("Shortest assisted session that counts"),
    sentence("minutes"),
    ((_FIRST_DAY, 15),),
)

_PERSON: Final = sentence("person")
_NO_DEMONSTRATION: Final = sentence("Demonstration people and demonstration workshops.")
_NO_VOID: Final = sentence("Records that were declared void, whatever the reason.")
_OF_TRAINING: Final = (
    sentence("A course that was begun and not finished, or whose test was not passed."),
    sentence("Courses that are not on the list of recognised courses, and shorter ones."),
    sentence("Trainings declared from a list that are no recognised course of this site."),
    sentence("Citizens and business owners; people who used a shared screen without a name."),
    _NO_VOID,
    _NO_DEMONSTRATION,
)
_OF_WORKSHOPS: Final = (
    sentence("Workshops that were planned but not held, or were cancelled."),
    sentence("Meetings that are shorter, or with people from one office alone."),
    _NO_DEMONSTRATION,
)
_OF_PARTICIPANTS: Final = (
    sentence("Facilitators, interpreters, organisers and observers; they are shown apart."),
    sentence("People who were expected and did not come."),
    sentence("People at workshops that do not count under indicator 4."),
    _NO_VOID,
    _NO_DEMONSTRATION,
)
_TRAINING: Final = (PASS_MARK, COURSE_MINUTES)
_WORKSHOP: Final = (WORKSHOP_MINUTES, WORKSHOP_PLACES, SITTINGS_PRESENT)

DEFINITIONS: Final = (
    Definition(
        "1a",
        sentence("Employees trained in the period"),
        _PERSON,
        sentence(
            "Employees of a designated operator, a regulator or a ministry who completed at least "
            "one recognised course in the period: all lessons done, and the final test passed. "
            "Each person counts once, however many courses they completed. In tables by place a "
            "person belongs where they worked on the day of their first completion in the period."
        ),
        sentence("Number of distinct persons with at least one qualifying completion"),
        (
            *_OF_TRAINING,
            sentence(
                "Figures of several periods must not be added: the same person may be in each."
            ),
        ),
        _TRAINING,
    ),
    Definition(
        "1b",
        sentence("Employees newly trained"),
        _PERSON,
        sentence(
            "Employees whose first qualifying completion of the whole plan cycle falls in the "
            "period. Each person counts in one period only, so these figures can be added."
        ),
        sentence(
            "Number of distinct persons whose first qualifying completion of the plan cycle lies "
            "in the period"
        ),
        _OF_TRAINING,
        _TRAINING,
    ),
    Definition(
        "1c",
        sentence("Share of employees trained"),
        _PERSON,
        sentence(
            "Employees trained in the period (1a) of the operators that have returned a headcount, "
            "compared with the employees on their latest return at the end of the period. The day "
            "of the return is shown. Without a return there is no share; below an operator there "
            "is none either, because a return is of the whole operator."
        ),
        sentence(
            "Employees trained, of operators with a return ÷ employees on these returns × 100"
        ),
        (
            sentence("Employees of an operator without a return: they count under 1a only."),
            *_OF_TRAINING,
        ),
        _TRAINING,
    ),
    Definition(
        "3k",
        sentence("Assisted sessions"),
        sentence("session"),
        sentence(
            "Sessions in which a helper of a post office was with a learner who has a name here, "
            "long enough to count. It is a line of its own and not part of the training episodes. "
            "A session belongs to the office where the help was given, on the day it ended."
        ),
        sentence("Number of assisted sessions that ended in the period; their minutes beside it"),
        (
            sentence("Shorter sessions; they are shown apart."),
            sentence("People who looked around without a card."),
            sentence("The number is of sessions: the same person may have had several."),
            _NO_VOID,
            _NO_DEMONSTRATION,
        ),
        (ASSISTANCE_MINUTES,),
    ),
    Definition(
        "4",
        sentence("Workshops organised"),
        sentence("workshop"),
        sentence(
            "Workshops that were held, long enough, with participants from several offices or "
            "several member states. A workshop of several days is one workshop, and counts on its "
            "last day. In tables by place it belongs to its organiser."
        ),
        sentence("Number of workshops held whose last sitting lies in the period"),
        _OF_WORKSHOPS,
        _WORKSHOP,
    ),
    Definition(
        "5a",
        sentence("Attendances at workshops"),
        sentence("attendances"),
        sentence(
            "For each workshop, the participants who were present at one sitting or more, added "
            "over all workshops of the period. Somebody who came to two workshops counts twice."
        ),
        sentence("Sum over workshops of the participants present"),
        _OF_PARTICIPANTS,
        _WORKSHOP,
    ),
    Definition(
        "5b",
        sentence("Participants in workshops"),
        _PERSON,
        sentence(
            "Persons who were present at one workshop of the period or more. Each person counts "
            "once, and belongs to the state that accredited them at the first of these workshops."
        ),
        sentence("Number of distinct participants present"),
        _OF_PARTICIPANTS,
        _WORKSHOP,
    ),
    Definition(
        "6",
        sentence("Member states participating"),
        sentence("member state"),
        sentence(
            "Member states with at least one participant accredited by their ministry, regulator "
            "or designated operator. The state is that of the accreditation, never of nationality. "
            "The rate compares it with the member states that were invited."
        ),
        sentence("Distinct member states participating ÷ distinct member states invited × 100"),
        (
            sentence("States that are not members, and organisations: counted as observers."),
            sentence("States under suspension: they are not invited and leave the denominator."),
            *_OF_PARTICIPANTS,
        ),
        _WORKSHOP,
    ),
)


def definition_of(code: str) -> Definition | None:
    """The definition of an indicator, None where there is none of that code."""
    return next((each for each in DEFINITIONS if each.code == code), None)

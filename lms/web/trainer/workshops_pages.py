"""What the pages about workshops are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lms.web.trainer.workshops_forms import Groups, SittingLine, WorkshopForm
from lms.workshops.queries import Listed, Overview
from lms.workshops.rules import Sitting, Workshop

Told = tuple[tuple[str, str], ...]
"""What is wrong: (address of the field in the page, sentence)."""


@dataclass(frozen=True, slots=True)
class WorkshopState:
    """How far a workshop is, in words, with the colour of its tag."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class WorkshopLine:
    """One workshop in the list."""

    title: str
    url: str
    workshop: Workshop
    state: WorkshopState
    people: str


@dataclass(frozen=True, slots=True)
class WorkshopsPage:
    """The workshops of the visitor's scope: those still to be done, then the others."""

    open: tuple[WorkshopLine, ...]
    done: tuple[WorkshopLine, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The form that plans or changes a workshop. `workshop` is None for a new one. `many_states`:
    the visitor looks after more than one state."""

    form: WorkshopForm
    lines: tuple[SittingLine, ...]
    states: Groups
    offices: Groups
    many_states: bool
    workshop: Workshop | None
    ticket: str
    problems: Told

    @property
    def open_states(self) -> bool:
        """Whether the list of states is open at first."""
        return self.many_states or not self.offices or self._is_chosen_in(self.states)

    @property
    def open_offices(self) -> bool:
        """Whether the list of offices is open at first."""
        return not self.many_states or self._is_chosen_in(self.offices)

    def _is_chosen_in(self, groups: Groups) -> bool:
        chosen = self.form.invited.data or ()
        return any(id in chosen for options in groups.values() for id, _name in options)


@dataclass(frozen=True, slots=True)
class SittingState:
    """A sitting on the workshop's page."""

    sitting: Sitting
    number: int
    present: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who comes from one state, or from nowhere that is known."""

    name: str
    people: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """One workshop."""

    overview: Overview
    state: WorkshopState
    organiser: str
    theme: str
    mode: str
    language: str
    invited: tuple[str, ...]
    sittings: tuple[SittingState, ...]
    delegations: tuple[Delegation, ...]
    roles: Mapping[str, str]
    people: int
    over: bool
    hold_ticket: str
    export_ticket: str
    cancel_ticket: str
    reason: str
    problems: Told

    @property
    def workshop(self) -> Workshop:
        """The workshop itself."""
        return self.overview.workshop


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody found by a search, with their office; `on_list`: is on the list already."""

    id: str
    name: str
    hint: str
    on_list: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Adding people to a workshop's list, and taking them off."""

    workshop: Workshop
    search: str
    found: tuple[Found, ...]
    total: int
    listed: tuple[Listed, ...]
    senders: Groups
    roles: tuple[tuple[str, str], ...]
    lines: str
    sender: str
    role: str
    ticket: str
    problems: Told


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One line of the roll."""

    id: str
    name: str
    hint: str
    present: bool


@dataclass(frozen=True, slots=True)
class RollPage:
    """The roll of one sitting. `was`: who was present when the form was first shown."""

    workshop: Workshop
    sitting: Sitting
    number: int
    people: tuple[OnRoll, ...]
    was: str
    senders: Groups
    line: str
    sender: str
    ticket: str
    all_ticket: str
    problems: Told

    @property
    def present(self) -> int:
        """How many are ticked."""
        return sum(person.present for person in self.people)


def is_over(workshop: Workshop, today: date) -> bool:
    """Whether the last sitting's day has come."""
    return bool(workshop.sittings) and workshop.last_day <= today

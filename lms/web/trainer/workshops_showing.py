"""Gathers what the pages about workshops show."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from lms.base.clock import now
from lms.people import queries as people
from lms.people.rules import Organisation, Person
from lms.web.exports import export_ticket
from lms.web.language import OWN_NAMES, current_language
from lms.web.tickets import new_ticket
from lms.web.trainer.workshops_forms import SittingLine, WorkshopForm, choices, lines_of
from lms.web.trainer.workshops_pages import (
    Delegation,
    Found,
    OnRoll,
    PeoplePage,
    PlanPage,
    RollPage,
    SittingState,
    Told,
    WorkshopLine,
    WorkshopPage,
    WorkshopsPage,
    WorkshopState,
    is_over,
)
from lms.web.trainer.workshops_scope import (
    my_offices,
    my_paths,
    organisers,
    senders,
    states_by_subregion,
)
from lms.web.trainer.workshops_words import MODE_NAMES, ROLE_NAMES, THEME_NAMES
from lms.workshops.queries import (
    Listed,
    Overview,
    participants_of,
    roll_of,
    sittings_with_roll,
    workshops_in,
)
from lms.workshops.rules import PARTICIPANT, Sitting, State, Workshop

LONGEST_SEARCH = 80
ON_A_PAGE = 50


def workshops_page() -> WorkshopsPage:
    """All workshops of my scope."""
    lines = [_line(overview) for overview in workshops_in(my_paths())]
    still = [line for line in lines if line.workshop.state is State.PLANNED]
    done = [line for line in lines if line.workshop.state is not State.PLANNED]
    return WorkshopsPage(tuple(reversed(still)), tuple(done))


def _line(overview: Overview) -> WorkshopLine:
    workshop = overview.workshop
    return WorkshopLine(
        title=workshop.title,
        url=url_for("trainer.open_workshop", workshop=workshop.id),
        workshop=workshop,
        state=state_in_words(overview),
        people=_people_in_words(overview),
    )


def state_in_words(overview: Overview) -> WorkshopState:
    """How far it is, as one would say it."""
    workshop = overview.workshop
    if workshop.state is State.CANCELLED:
        return WorkshopState(_("Cancelled"), "grey")
    if workshop.state is State.HELD:
        if overview.counts:
            return WorkshopState(_("Held"), "green")
        return WorkshopState(_("Held; not counted in the figures"), "yellow")
    today = now().date()
    if workshop.sittings and workshop.last_day < today:
        return WorkshopState(_("Over; to be reported as held"), "yellow")
    if workshop.sittings and workshop.first_day <= today:
        return WorkshopState(_("Under way"), "blue")
    return WorkshopState(_("Planned"), "blue")


def _people_in_words(overview: Overview) -> str:
    if overview.came:
        return str(ngettext("%(num)s participant came", "%(num)s participants came", overview.came))
    return str(
        ngettext("%(num)s participant expected", "%(num)s participants expected", overview.expected)
    )


def workshop_page(overview: Overview, problems: Told = (), reason: str = "") -> WorkshopPage:
    """One workshop, with its list and its sittings."""
    workshop, language = overview.workshop, current_language()
    listed = participants_of(workshop.id)
    organiser = people.find_organisation(workshop.plan.organiser)
    invited = people.organisations_with_ids(set(workshop.plan.invited))
    return WorkshopPage(
        overview=overview,
        state=state_in_words(overview),
        organiser=organiser.name(language) if organiser else "",
        theme=str(THEME_NAMES.get(workshop.plan.theme, workshop.plan.theme)),
        mode=str(MODE_NAMES.get(workshop.plan.mode, workshop.plan.mode)),
        language=OWN_NAMES.get(workshop.plan.language, workshop.plan.language),
        invited=tuple(sorted(o.name(language) for o in invited.values())),
        sittings=_sittings(workshop),
        delegations=_delegations(listed),
        roles={code: str(name) for code, name in ROLE_NAMES.items()},
        people=len(listed),
        over=is_over(workshop, now().date()),
        hold_ticket=new_ticket("workshop.hold", workshop.id),
        export_ticket=export_ticket(),
        cancel_ticket=new_ticket("workshop.cancel", workshop.id),
        reason=reason,
        problems=problems,
    )


def _sittings(workshop: Workshop) -> tuple[SittingState, ...]:
    present, open_ = sittings_with_roll(workshop.id), workshop.state is not State.CANCELLED
    return tuple(
        SittingState(
            sitting,
            number,
            present.get(sitting.id, 0),
            url_for("trainer.call_roll", workshop=workshop.id, sitting=sitting.id)
            if open_
            else None,
        )
        for number, sitting in enumerate(workshop.sittings, start=1)
    )


def _delegations(listed: Iterable[Listed]) -> tuple[Delegation, ...]:
    groups: dict[str, list[Listed]] = defaultdict(list)
    for each in listed:
        place = each.state or each.sender
        groups[place.name(current_language()) if place else ""].append(each)
    in_order = sorted(groups, key=lambda name: (not name, name))
    return tuple(Delegation(name or _("Not known"), tuple(groups[name])) for name in in_order)


def plan_page(
    form: WorkshopForm,
    *,
    workshop: Workshop | None = None,
    lines: tuple[SittingLine, ...] | None = None,
    problems: Told = (),
) -> PlanPage:
    """The form that plans a workshop or changes one."""
    mine = organisers()
    nobody = {} if len(mine) == 1 else {"": _("Choose")}
    form.organiser.choices = choices({**nobody, **mine})
    purpose = ("workshop.change", workshop.id) if workshop else ("workshop.plan",)
    return PlanPage(
        form=form,
        lines=lines if lines is not None else lines_of(workshop.sittings if workshop else ()),
        states=states_by_subregion(),
        offices=my_offices(),
        many_states=len(people.organisations_in(my_paths(), level="state")) > 1,
        workshop=workshop,
        ticket=new_ticket(*purpose),
        problems=problems,
    )


def people_page(
    overview: Overview,
    *,
    lines: str = "",
    sender: str = "",
    role: str = PARTICIPANT,
    problems: Told = (),
) -> PeoplePage:
    """Adding people: by a search in my scope, or one per line."""
    workshop = overview.workshop
    search = request.args.get("search", "").strip()[:LONGEST_SEARCH]
    listed = participants_of(workshop.id)
    found, total = _found(search, {each.learner for each in listed if each.expected})
    return PeoplePage(
        workshop=workshop,
        search=search,
        found=found,
        total=total,
        listed=tuple(each for each in listed if each.expected),
        senders=senders(workshop.plan.invited),
        roles=tuple((code, str(name)) for code, name in ROLE_NAMES.items()),
        lines=lines,
        sender=sender,
        role=role,
        ticket=new_ticket("workshop.people", workshop.id),
        problems=problems,
    )


def _found(search: str, on_list: set[str]) -> tuple[tuple[Found, ...], int]:
    if not search:
        return (), 0
    persons, total = people.people_in(my_paths(), search=search, limit=ON_A_PAGE)
    offices = people.organisations_with_ids({person.office for person in persons})
    language = current_language()
    found = tuple(
        Found(
            id=person.id,
            name=person.name,
            hint=" · ".join(_told_apart(person, offices.get(person.office), language)),
            on_list=person.id in on_list,
        )
        for person in persons
    )
    return found, total


def _told_apart(person: Person, office: Organisation | None, language: str) -> Iterator[str]:
    """Where somebody belongs and both their numbers: two people may share a name."""
    if office is not None:
        yield office.name(language)
    yield person.number
    if person.staff_number:
        yield person.staff_number


def roll_page(
    overview: Overview,
    sitting: Sitting,
    *,
    ticked: set[str] | None = None,
    was: str | None = None,
    line: str = "",
    sender: str = "",
    problems: Told = (),
) -> RollPage:
    """The roll of one sitting, as the record has it or as it was ticked."""
    workshop = overview.workshop
    roll = roll_of(workshop.id, sitting.id)
    there = {each.learner for each, present in roll if present}
    shown = there if ticked is None else ticked
    return RollPage(
        workshop=workshop,
        sitting=sitting,
        number=workshop.sittings.index(sitting) + 1,
        people=tuple(_on_roll(each, each.learner in shown) for each, _present in roll),
        was=" ".join(sorted(there)) if was is None else was,
        senders=senders(workshop.plan.invited),
        line=line,
        sender=sender or _usual_sender(workshop),
        ticket=new_ticket("workshop.roll", workshop.id, sitting.id),
        all_ticket=new_ticket("workshop.all", workshop.id, sitting.id),
        problems=problems,
    )


def _on_roll(listed: Listed, present: bool) -> OnRoll:
    language = current_language()
    places = [place.name(language) for place in (listed.sender, listed.state) if place]
    role = "" if listed.standing == PARTICIPANT else str(ROLE_NAMES.get(listed.standing, ""))
    hint = " · ".join(dict.fromkeys(text for text in (*places, role, listed.number) if text))
    return OnRoll(listed.learner, listed.in_list or _("Name removed"), hint, present)


def _usual_sender(workshop: Workshop) -> str:
    chosen: str = request.args.get("sender", "")
    if chosen:
        return chosen
    invited = workshop.plan.invited
    return invited[0] if len(invited) == 1 else ""

"""Which workshops and organisations a trainer may act on."""

from collections import defaultdict
from collections.abc import Iterable

from flask_babel import gettext as _

from lms.people import queries as people
from lms.people.rules import Organisation, fold_text
from lms.web.desk import at_the_desk
from lms.web.language import current_language
from lms.web.trainer.workshops_forms import Groups
from lms.web.trainer.workshops_words import SUBREGION_NAMES
from lms.workshops.queries import Overview, current_workshop
from lms.workshops.rules import MEMBER

SUSPENDED = "suspended"
_ABOVE_OFFICES = ("union", "state", "operator", "region")
_MOST_OFFICES = 400


def my_paths() -> tuple[str, ...]:
    """The subtrees in which the visitor is a trainer."""
    return at_the_desk().paths_as("trainer")


def workshop_of_mine(workshop: str) -> Overview:
    """A workshop organised in my scope, or a refusal."""
    return current_workshop(workshop, my_paths())


def organisers() -> dict[str, str]:
    """Id → name of the organisations of my scope that may organise, the highest first."""
    mine = [o for level in _ABOVE_OFFICES for o in people.organisations_in(my_paths(), level=level)]
    if not mine:
        mine = people.organisations_in(my_paths(), level="office")
    return {o.id: o.name(current_language()) for o in mine}


def states_by_subregion() -> Groups:
    """Every state that can be invited, by sub-region; those that are not members come last. A
    suspended state is not invited."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for state in people.all_organisations(level="state"):
        if state.membership != SUSPENDED:
            groups[_heading(state)].append((state.id, state.name(current_language())))
    last = _("Not members: observers")
    names = sorted(groups, key=lambda name: (name == last, name))
    return {name: sorted(groups[name], key=lambda pair: fold_text(pair[1])) for name in names}


def _heading(state: Organisation) -> str:
    if state.membership != MEMBER:
        return str(_("Not members: observers"))
    return str(SUBREGION_NAMES.get(state.subregion, state.subregion or _("Other states")))


def my_offices() -> Groups:
    """The offices of my scope by the organisation above; none where they are too many to show."""
    offices = people.organisations_in(my_paths(), level="office")
    if len(offices) > _MOST_OFFICES:
        return {}
    above = people.organisations_with_ids({o.parent for o in offices if o.parent})
    return _by_parent(offices, above)


def _by_parent(offices: Iterable[Organisation], above: dict[str, Organisation]) -> Groups:
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for office in offices:
        parent = above.get(office.parent or "")
        name = parent.name(current_language()) if parent else _("Offices")
        groups[name].append((office.id, office.name(current_language())))
    return {name: sorted(groups[name], key=lambda pair: pair[1]) for name in sorted(groups)}


def ids_in(*groups: Groups) -> set[str]:
    """All ids of some groups."""
    return {id for group in groups for options in group.values() for id, _name in options}


def senders(invited: Iterable[str]) -> Groups:
    """Who may send a person: first who is invited, then my offices, then every state."""
    names = people.organisations_with_ids(set(invited))
    chosen = sorted((o.name(current_language()), o.id) for o in names.values())
    groups: dict[str, list[tuple[str, str]]] = {}
    if chosen:
        groups[_("Invited")] = [(id, name) for name, id in chosen]
    for options in (my_offices(), states_by_subregion()):
        for heading, pairs in options.items():
            left = [pair for pair in pairs if pair[0] not in names]
            if left:
                groups[heading] = left
    return groups

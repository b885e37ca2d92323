"""From counts to tables: which lines there are, in which order, and what is hidden in them."""

from collections.abc import Iterable, Mapping

from lms.base.language import sentence
from lms.people.functioning.rules import Disability
from lms.reports.queries.counts import Counts
from lms.reports.queries.places import UNKNOWN, label_of, member_states, name_of_course, names_of
from lms.reports.rules import NOT_STATED, SEXES, Group, Grouping, Label, Line, Question, Table
from lms.reports.small_cells import Cell, hide_small, hide_small_rows, shown

SEX_WORDS: Mapping[str, Label] = {
    "female": sentence("Women"),
    "male": sentence("Men"),
    "other": sentence("Other, in their own words"),
    NOT_STATED: UNKNOWN,
}
THEME_WORDS: Mapping[str, Label] = {
    "digital-finance": sentence("Digital transformation and financial inclusion"),
    "it-security": sentence("IT systems, tools and cyber-security"),
    "other": sentence("Other themes"),
}
MODE_WORDS: Mapping[str, Label] = {
    "room": sentence("In a room"),
    "online": sentence("Online"),
    "hybrid": sentence("In a room and online"),
}
LANGUAGE_WORDS: Mapping[str, Label] = {
    "fr": sentence("In French"),
    "en": sentence("In English"),
}
HELP_WORDS: Mapping[str, Label] = {
    "self": sentence("Alone"),
    "assisted": sentence("With a helper"),
    "declared": sentence("Declared from a list"),
}
DISABILITY_WORDS: Mapping[Disability, Label] = {
    "yes": sentence("With a disability"),
    "no": sentence("Without a disability"),
    "refused": sentence("Would not say"),
    "not-asked": sentence("Not asked"),
}
_OF_WORKSHOPS: Mapping[Grouping, Mapping[str, Label]] = {
    "theme": THEME_WORDS,
    "mode": MODE_WORDS,
    "language": LANGUAGE_WORDS,
}
_BY_STATE = ("1a", "1b", "5a", "5b")


def label_of_group(group: Group) -> Label:
    """What a group of a table is called."""
    if group.by in _OF_WORKSHOPS:
        return _OF_WORKSHOPS[group.by].get(group.key, UNKNOWN)
    if group.by == "help":
        return HELP_WORDS.get(group.key, UNKNOWN)
    if group.by == "sex":
        return SEX_WORDS.get(group.key, UNKNOWN)
    if group.by == "course":
        return name_of_course(group.key)
    return label_of(group.key, names_of([group.key]))


def state_table(question: Question, counts: Counts) -> Table:
    """Every member state of the place, those without a count too, and what is not stated."""
    members = member_states(question)
    known = {state for state, _, _ in members}
    found = {key for code in _BY_STATE for key in counts.of(code, "state")}
    names = names_of(found - known - {NOT_STATED})
    others = sorted(found - known - {NOT_STATED})
    lines = [_line(key, name, counts, _BY_STATE, "state", iso) for key, iso, name in members]
    lines += [
        _line(key, label_of(key, names), counts, _BY_STATE, "state")
        for key in (*others, NOT_STATED)
    ]
    return Table("1a", "state", _BY_STATE, tuple(lines), _totals(counts, _BY_STATE))


def place_tables(counts: Counts, by: Iterable[Grouping]) -> list[Table]:
    """Operators or offices that have a count, the largest first; what is not stated, last."""
    return [_place_table(counts, each) for each in by]


def _place_table(counts: Counts, by: Grouping) -> Table:
    columns = ("1a", "1b")
    keys = _largest_first(counts, columns, by)
    names = names_of(keys)
    lines = [_line(key, label_of(key, names), counts, columns, by) for key in (*keys, NOT_STATED)]
    return Table("1a", by, columns, tuple(lines), _totals(counts, columns))


def _largest_first(counts: Counts, columns: Iterable[str], by: Grouping) -> list[str]:
    found = {key for code in columns for key in counts.of(code, by)} - {NOT_STATED}
    first, *_ = columns
    return sorted(found, key=lambda key: (-counts.of(first, by).get(key, 0), key))


def course_table(counts: Counts) -> Table:
    """Courses that somebody of the figure completed in the period. A person may be in several
    lines, so the total is less than their sum."""
    columns = ("1a", "1b")
    keys = _largest_first(counts, columns, "course")
    lines = tuple(_line(k, name_of_course(k), counts, columns, "course") for k in keys)
    return Table("1a", "course", columns, lines, _totals(counts, columns), adds_up=False)


def sex_table(counts: Counts, columns: tuple[str, ...]) -> Table:
    """Women, men, other and not stated, small counts hidden."""
    cells = {code: _sexes(counts, code) for code in columns}
    lines = tuple(
        Line(sex, SEX_WORDS[sex], tuple(cells[code][sex] for code in columns)) for sex in SEXES
    )
    return Table(columns[0], "sex", columns, lines, _totals(counts, columns))


def _sexes(counts: Counts, code: str) -> dict[str, Cell]:
    return hide_small({sex: counts.of(code, "sex").get(sex, 0) for sex in SEXES})


def office_by_sex(counts: Counts) -> Table:
    """Indicator 1a by office and sex. Its totals are the cells of the table by sex."""
    known = counts.of("1a", "office-sex")
    keys = [*_largest_first(counts, ("1a",), "office"), NOT_STATED]
    names = names_of(keys)
    table = {key: {sex: known.get((key, sex), 0) for sex in SEXES} for key in keys}
    lines = tuple(
        Line(key, label_of(key, names), tuple(cells[sex] for sex in SEXES))
        for key, cells in hide_small_rows(table).items()
    )
    totals = _sexes(counts, "1a")
    return Table("1a", "office-sex", SEXES, lines, tuple(totals[sex] for sex in SEXES))


def disability_tables(counts: Counts) -> list[Table]:
    """By what people answered until today, small counts hidden; no table where it was not counted.
    Of 1a alone: 1b beside it would tell who is in the difference."""
    told = counts.of("1a", "disability")
    if not told:
        return []
    cells = hide_small({each: told[each] for each in DISABILITY_WORDS})
    lines = tuple(Line(each, DISABILITY_WORDS[each], (cells[each],)) for each in cells)
    return [Table("1a", "disability", ("1a",), lines, _totals(counts, ("1a",)))]


def help_table(counts: Counts) -> Table:
    """Who was trained alone, and who had a helper beside them in what they completed first."""
    columns = ("1a", "1b")
    some = {key for code in columns for key in counts.of(code, "help")} | {"self", "assisted"}
    lines = (_line(k, name, counts, columns, "help") for k, name in HELP_WORDS.items() if k in some)
    return Table("1a", "help", columns, tuple(lines), _totals(counts, columns))


def assistance_tables(counts: Counts, *, with_offices: bool) -> list[Table]:
    """Assisted sessions by the place where the help was given, the largest first."""
    wanted: tuple[Grouping, ...] = ("operator", "office") if with_offices else ("operator",)
    return [_assistance_table(counts, by) for by in wanted]


def _assistance_table(counts: Counts, by: Grouping) -> Table:
    keys = _largest_first(counts, ("3k",), by)
    keys += [NOT_STATED] if counts.of("3k", by).get(NOT_STATED) else []
    names = names_of(keys)
    lines = tuple(_line(key, label_of(key, names), counts, ("3k",), by) for key in keys)
    return Table("3k", by, ("3k",), lines, _totals(counts, ("3k",)))


def workshop_tables(counts: Counts) -> list[Table]:
    """Workshops by theme, mode and language; attendances by theme."""
    return [
        *(_worded(counts, "4", by) for by in _OF_WORKSHOPS),
        _worded(counts, "5a", "theme"),
    ]


def _worded(counts: Counts, code: str, by: Grouping) -> Table:
    words = _OF_WORKSHOPS[by]
    more = sorted(set(counts.of(code, by)) - set(words))
    lines = [_line(key, words.get(key, UNKNOWN), counts, (code,), by) for key in (*words, *more)]
    return Table(code, by, (code,), tuple(lines), _totals(counts, (code,)))


def _line(
    key: str,
    label: Label,
    counts: Counts,
    columns: Iterable[str],
    by: Grouping,
    iso: str = "",
) -> Line:
    return Line(key, label, tuple(shown(counts.of(c, by).get(key, 0)) for c in columns), iso)


def _totals(counts: Counts, columns: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(shown(counts.total(code)) for code in columns)

"""Periods: what people type, what comes before and after."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.reports.periods import (
    DatesReversed,
    DateUnknown,
    Period,
    PeriodUnknown,
    following,
    month_of,
    period_between,
    period_from,
    plan_cycle,
    previous,
    quarter_of,
    year_of,
)

PLAN = plan_cycle("2022-01-01", "2029-12-31")
DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("typed", "first", "last", "code"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "2026-Q1"),
        (" 2026 q4 ", date(2026, 10, 1), date(2026, 12, 31), "2026-Q4"),
        ("2026-T2", date(2026, 4, 1), date(2026, 6, 30), "2026-Q2"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("plan", date(2022, 1, 1), date(2029, 12, 31), "plan"),
        (
            "2026-01-15..2026-02-03",
            date(2026, 1, 15),
            date(2026, 2, 3),
            "2026-01-15..2026-02-03",
        ),
    ],
)
def test_what_people_type_is_understood(typed: str, first: date, last: date, code: str) -> None:
    period = period_from(typed, PLAN)
    assert (period.first, period.last, period.code) == (first, last, code)


@pytest.mark.parametrize(
    "typed", ["2026-13", "2026-00", "2026-Q5", "26", "", "soon", "1999", "2101", "٢٠٢٦-13"]
)
def test_what_is_no_period_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(PeriodUnknown) as refused:
        period_from(typed, PLAN)
    assert typed in refused.value.sentence.in_words()


def test_reversed_dates_are_refused_with_both_of_them() -> None:
    with pytest.raises(DatesReversed, match=r"2026-02-01.*2026-03-01"):
        period_between("2026-03-01", "2026-02-01")


@pytest.mark.parametrize("typed", ["2026-02-30", "1 March", "2026-3-1", "0001-01-01", "20260301"])
def test_a_day_that_is_not_in_the_calendar_is_refused(typed: str) -> None:
    with pytest.raises(DateUnknown):
        period_between(typed, "2026-03-31")


@given(DAYS, st.sampled_from([month_of, quarter_of, year_of]))
def test_neighbours_touch_and_lead_back(day: date, of: object) -> None:
    period: Period = of(day)  # type: ignore[operator]
    before, after = previous(period), following(period)
    assert period.holds(day)
    assert before and after
    assert before.last + timedelta(days=1) == period.first
    assert period.last + timedelta(days=1) == after.first
    assert following(before) == period == previous(after)


@given(DAYS, st.integers(0, 300))
def test_own_dates_move_by_their_own_length(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    period = period_between(first.isoformat(), last.isoformat())
    after = following(period)
    if after:
        assert after.last - after.first == last - first
        assert after.first == last + timedelta(days=1)
        assert previous(after) == period


@given(DAYS, st.sampled_from([month_of, quarter_of, year_of]))
def test_a_period_is_found_again_by_its_code(day: date, of: object) -> None:
    period: Period = of(day)  # type: ignore[operator]
    assert period_from(period.code, PLAN) == period


def test_the_plan_has_no_neighbours_and_the_calendar_ends() -> None:
    assert previous(PLAN) is None and following(PLAN) is None
    assert previous(year_of(date(2000, 5, 1))) is None
    assert following(year_of(date(2100, 5, 1))) is None

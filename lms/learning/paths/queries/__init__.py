"""Reading what is asked of whom, and how far they are with it."""

from lms.learning.paths.queries.lines import (
    Line,
    asked_of_learner,
    due_until,
    enrolled_already,
    reminded_on,
)
from lms.learning.paths.queries.lists import (
    CourseTally,
    Tally,
    Totals,
    counts_by_subject,
    courses_of_path_in,
    late_in,
    tallies_in,
    totals_in,
)
from lms.learning.paths.queries.paths import current_path, find_path, paths_in_force, rules_in_force

__all__ = [
    "CourseTally",
    "Line",
    "Tally",
    "Totals",
    "asked_of_learner",
    "counts_by_subject",
    "courses_of_path_in",
    "current_path",
    "due_until",
    "enrolled_already",
    "find_path",
    "late_in",
    "paths_in_force",
    "reminded_on",
    "rules_in_force",
    "tallies_in",
    "totals_in",
]

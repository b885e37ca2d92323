"""Indicators of workshops on the worked cases of their definition."""

from lms.reports.queries import figures
from tests.builders_reports import ask, keep_all, person_events, value, workshop_events

ABIDJAN, NAIROBI = "CI-OP-ABJ-01", "KE-OP-NBO-01"


def test_a_workshop_of_three_days_is_one_and_thirty_came(tree: dict[str, str]) -> None:
    people = [f"p{n}" for n in range(30)]
    came = {name: ["0"] if n < 5 else ["0", "1", "2"] for n, name in enumerate(people)}
    sent = {name: ("CI", "KE")[n % 2] for n, name in enumerate(people)}
    days = ("2024-03-30", "2024-03-31", "2024-04-01")
    keep_all(
        *(person_events(name, ABIDJAN) for name in people),
        workshop_events("w", came, days=days, sent_by=sent, invited=("CI", "KE")),
    )
    assert [value(c, ask("2024-Q1")) for c in ("4", "5a", "5b", "6")] == [0, 0, 0, 0]
    report = figures(ask("2024-Q2"))
    assert [report.figure(c).value for c in ("4", "5a", "5b", "6")] == [1, 30, 30, 2]
    assert str(report.figure("6").percent) == "100.0"


def test_attendances_add_up_and_people_do_not(tree: dict[str, str]) -> None:
    both = {"awa": ["0"], "otieno": ["0"]}
    sent = {"awa": "CI", "otieno": "KE"}
    keep_all(
        person_events("awa", ABIDJAN),
        person_events("otieno", NAIROBI, sex="male"),
        workshop_events("w1", both, sent_by=sent),
        workshop_events("w2", both, days=("2024-03-05",), sent_by=sent),
    )
    report = figures(ask("2024"))
    assert [report.figure(c).value for c in ("4", "5a", "5b", "6")] == [2, 4, 2, 2]
    assert report.figure("6").percent is None, "nobody was written down as invited"
    assert [value(c, ask("2024", "KE")) for c in ("4", "5a", "5b", "6")] == [0, 2, 1, 1]


def test_a_participant_from_kigali_is_an_observer(tree: dict[str, str]) -> None:
    came = {"awa": ["0"], "otieno": ["0"], "mugisha": ["0"]}
    keep_all(
        *(person_events(name, ABIDJAN) for name in came),
        workshop_events(
            "w",
            came,
            sent_by={"awa": "CI", "otieno": "KE", "mugisha": "RW"},
            invited=("CI", "KE", "RW"),
        ),
    )
    figure = figures(ask("2024")).figure("6")
    assert (figure.value, figure.out_of) == (2, 2)
    assert [count for _, count in figure.asides] == [1, 1]
    assert value("5a", ask("2024")) == 2


def test_a_short_meeting_or_one_of_a_single_office_is_no_workshop(tree: dict[str, str]) -> None:
    keep_all(
        person_events("awa", ABIDJAN),
        person_events("ali", ABIDJAN),
        person_events("otieno", NAIROBI),
        workshop_events("one-office", {"awa": ["0"], "ali": ["0"]}),
        workshop_events("short", {"awa": ["0"], "otieno": ["0"]}, hours=1),
    )
    assert [value(c, ask("2024")) for c in ("4", "5a", "5b", "6")] == [0, 0, 0, 0]

"""Marking: what an answer is worth, and which answers are understood."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.courses.rules import (
    AnswerNotUnderstood,
    FinalTest,
    Kind,
    Mark,
    Option,
    Question,
    QuestionKey,
    clean_answer,
    draw_questions,
    mark,
    option_order,
)
from lms.courses.rules.answers import (
    NotANumber,
    NothingChosen,
    NothingWritten,
    OneAnswerOnly,
    OrderIncomplete,
    PairsIncomplete,
    TooLong,
    UnknownOption,
)
from lms.courses.rules.drawing import hiding_order, shuffled

IDS = st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=2, max_size=8, unique=True)


def key(kind: Kind, **changes: object) -> QuestionKey:
    return replace(QuestionKey(id="q", kind=kind, points=2), **changes)  # type: ignore[arg-type]


def question(kind: Kind, *ids: str, rights: tuple[str, ...] = ()) -> Question:
    options = tuple(Option(one, one.upper()) for one in ids)
    if kind is Kind.MATCH:
        sides = tuple(Option(one, one.upper()) for one in rights)
        return Question("q", kind, 1, "?", lefts=options, rights=sides)
    return Question("q", kind, 1, "?", options=options)


RIGHT = Mark(points=2, out_of=2, right=True)
WRONG = Mark(points=0, out_of=2, right=False)


def test_one_right_option_gives_all_points() -> None:
    one = key(Kind.ONE, right=("scale",))
    assert mark(one, {"chosen": ["scale"]}) == RIGHT
    assert mark(one, {"chosen": ["price"]}) == WRONG


def test_several_answers_are_all_or_nothing() -> None:
    several = key(Kind.SEVERAL, right=("a", "b"))
    assert mark(several, {"chosen": ["b", "a"]}) == RIGHT
    assert mark(several, {"chosen": ["a"]}) == WRONG
    assert mark(several, {"chosen": ["a", "b", "c"]}) == WRONG


def test_an_open_answer_waits_for_a_trainer() -> None:
    assert mark(key(Kind.OPEN), {"text": "Because"}) == Mark(0, 2, right=False, pending=True)


def test_order_counts_only_when_whole() -> None:
    order = key(Kind.ORDER, right=("ask", "write", "sign"))
    assert mark(order, {"order": ["ask", "write", "sign"]}) == RIGHT
    assert mark(order, {"order": ["write", "ask", "sign"]}) == WRONG


def test_every_pair_of_a_match_has_to_be_right() -> None:
    match = key(Kind.MATCH, pairs={"shirt": "r1", "phone": "r2"})
    assert mark(match, {"pairs": {"phone": "r2", "shirt": "r1"}}) == RIGHT
    assert mark(match, {"pairs": {"shirt": "r2", "phone": "r1"}}) == WRONG
    assert mark(match, {"pairs": {"shirt": "r1"}}) == WRONG


@pytest.mark.parametrize(
    "typed", ["l’été", "L'ETE", " l' été ", "l‘été", "L`Été", "l’e\u0301te\u0301"]
)
def test_a_word_is_compared_without_case_accents_spaces_and_kinds_of_apostrophe(
    typed: str,
) -> None:
    assert mark(key(Kind.FILL, accepted=("l'été",)), {"text": typed}) == RIGHT


@pytest.mark.parametrize("typed", ["", "   ", "hiver", "l'étés"])
def test_another_word_is_wrong(typed: str) -> None:
    assert mark(key(Kind.FILL, accepted=("l'été",)), {"text": typed}) == WRONG


def test_oe_may_be_typed_in_two_letters() -> None:
    assert mark(key(Kind.FILL, accepted=("cœur",)), {"text": "Coeur"}) == RIGHT


@pytest.mark.parametrize(
    "typed", ["1234.5", "1234,5", "1 234,5", "1\u202f234,5", "1,234.5", "1234", "1235.0", "+1234,9"]
)
def test_a_number_is_right_within_its_tolerance_however_it_is_typed(typed: str) -> None:
    number = key(Kind.NUMBER, number="1234.5", tolerance="0.5")
    assert mark(number, {"text": typed}) == RIGHT


@pytest.mark.parametrize("typed", ["1233.9", "1235.1", "-1234.5", "12 34,5 kg", "1e3", "", "NaN"])
def test_other_numbers_are_wrong(typed: str) -> None:
    number = key(Kind.NUMBER, number="1234.5", tolerance="0.5")
    assert mark(number, {"text": typed}) == WRONG


def test_a_comma_may_part_thousands_or_decimals() -> None:
    assert mark(key(Kind.NUMBER, number="1500", tolerance="0"), {"text": "1,500"}) == RIGHT
    assert mark(key(Kind.NUMBER, number="1.5", tolerance="0"), {"text": "1,500"}) == RIGHT


def test_tolerance_is_exact_in_decimals() -> None:
    number = key(Kind.NUMBER, number="0.3", tolerance="0.1")
    assert mark(number, {"text": "0.2"}) == RIGHT
    assert mark(number, {"text": "0.19"}) == WRONG


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.OPEN])
@pytest.mark.parametrize("answer", [{}, {"chosen": None}, {"order": 3}, {"pairs": []}, {"text": 0}])
def test_an_answer_of_another_shape_is_wrong_and_never_breaks(
    kind: Kind, answer: dict[str, object]
) -> None:
    full = key(kind, right=("a",), pairs={"a": "b"}, accepted=("x",), number="7", tolerance="1")
    assert mark(full, answer) == WRONG


@given(ids=IDS, data=st.data())
def test_the_order_of_options_on_the_page_never_changes_a_mark(
    ids: list[str], data: st.DataObject
) -> None:
    right = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    chosen = data.draw(st.permutations(data.draw(st.sampled_from([right, ids, ids[:1]]))))
    several = key(Kind.SEVERAL, right=tuple(right))
    assert mark(several, {"chosen": chosen}) == mark(several, {"chosen": sorted(chosen)})


@given(ids=IDS, pool=st.integers(1, 10), attempt=st.uuids().map(str), data=st.data())
def test_a_draw_is_stable_within_the_pool_and_blind_to_the_order_of_the_file(
    ids: list[str], pool: int, attempt: str, data: st.DataObject
) -> None:
    drawn = draw_questions(FinalTest(tuple(ids), pool, 10), attempt)
    turned = tuple(data.draw(st.permutations(ids)))
    assert len(drawn) == len(set(drawn)) == min(pool, len(ids))
    assert set(drawn) <= set(ids)
    assert draw_questions(FinalTest(turned, pool, 10), attempt) == drawn


def test_a_draw_is_the_same_on_every_machine() -> None:
    test = FinalTest(("a", "b", "c", "d", "e"), 3, 10)
    assert draw_questions(test, "018f3a4e-0000-7000-8000-000000000001") == ("d", "b", "c")


def test_attempts_draw_different_questions() -> None:
    test = FinalTest(tuple(f"q{number}" for number in range(20)), 5, 10)
    assert len({draw_questions(test, f"attempt {number}") for number in range(20)}) > 15


@given(ids=IDS, seed=st.text(max_size=20))
def test_shuffling_options_keeps_every_option(ids: list[str], seed: str) -> None:
    mixed = option_order(question(Kind.ONE, *ids), seed)
    assert sorted(option.id for option in mixed.options) == sorted(ids)
    assert option_order(mixed, seed) == mixed


@given(ids=IDS, data=st.data())
def test_what_is_stored_for_ordering_is_never_the_right_order(
    ids: list[str], data: st.DataObject
) -> None:
    stored = hiding_order(ids, "q")
    assert sorted(stored) == sorted(ids)
    assert list(stored) != ids
    turned = data.draw(st.permutations(ids))
    if shuffled(ids, "hide", "q") not in (tuple(ids), tuple(turned)):
        assert hiding_order(turned, "q") == stored


def test_a_choice_is_cleaned_to_known_ids() -> None:
    assert clean_answer(question(Kind.ONE, "a", "b"), {"chosen": "a"}) == {"chosen": ["a"]}
    several = question(Kind.SEVERAL, "a", "b", "c")
    assert clean_answer(several, {"chosen": ["c", "a", "a"]}) == {"chosen": ["a", "c"]}


def test_an_order_can_be_given_as_places_typed_beside_each_line() -> None:
    order = question(Kind.ORDER, "a", "b", "c")
    assert clean_answer(order, {"order": ["c", "a", "b"]}) == {"order": ["c", "a", "b"]}
    places = {"a": " 2", "b": "3", "c": "1"}
    assert clean_answer(order, {"order": places}) == {"order": ["c", "a", "b"]}


def test_pairs_and_text_are_cleaned() -> None:
    match = question(Kind.MATCH, "a", "b", rights=("r1", "r2"))
    pairs = {"a": "r2", "b": "r1"}
    assert clean_answer(match, {"pairs": pairs}) == {"pairs": pairs}
    assert clean_answer(question(Kind.FILL), {"text": "  deux\0 "}) == {"text": "deux"}
    assert clean_answer(question(Kind.NUMBER), {"text": "1 000,5"}) == {"text": "1 000,5"}


MATCH = question(Kind.MATCH, "a", "b", rights=("r1", "r2"))


@pytest.mark.parametrize(
    ("asked", "raw", "refusal"),
    [
        (question(Kind.ONE, "a", "b"), {}, NothingChosen),
        (question(Kind.ONE, "a", "b"), {"chosen": ""}, NothingChosen),
        (question(Kind.ONE, "a", "b"), {"chosen": ["a", "b"]}, OneAnswerOnly),
        (question(Kind.ONE, "a", "b"), {"chosen": "z"}, UnknownOption),
        (question(Kind.SEVERAL, "a", "b"), {"chosen": ["a", "z"]}, UnknownOption),
        (question(Kind.ORDER, "a", "b"), {"order": ["a"]}, OrderIncomplete),
        (question(Kind.ORDER, "a", "b"), {"order": ["a", "a"]}, OrderIncomplete),
        (question(Kind.ORDER, "a", "b"), {"order": ["a", "z"]}, UnknownOption),
        (question(Kind.ORDER, "a", "b"), {"order": {"a": "1", "b": "1"}}, OrderIncomplete),
        (question(Kind.ORDER, "a", "b"), {"order": {"a": "1", "b": "x"}}, OrderIncomplete),
        (MATCH, {"pairs": {"a": "r1"}}, PairsIncomplete),
        (MATCH, {"pairs": {"a": "r1", "b": ""}}, PairsIncomplete),
        (MATCH, {"pairs": {"a": "r1", "b": "r9"}}, UnknownOption),
        (MATCH, {"pairs": {"a": "r1", "z": "r2"}}, UnknownOption),
        (question(Kind.FILL), {"text": " \n "}, NothingWritten),
        (question(Kind.FILL), {"text": "x" * 201}, TooLong),
        (question(Kind.OPEN), {"text": "x" * 10_001}, TooLong),
        (question(Kind.NUMBER), {"text": "douze"}, NotANumber),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_sentence(
    asked: Question, raw: dict[str, object], refusal: type[AnswerNotUnderstood]
) -> None:
    with pytest.raises(refusal) as refused:
        clean_answer(asked, raw)
    assert issubclass(refusal, AnswerNotUnderstood)
    assert refused.value.sentence.in_words().endswith(".")


RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(
    raw=st.dictionaries(st.sampled_from(["chosen", "order", "pairs", "text"]), RAW),
    kind=st.sampled_from(list(Kind)),
)
def test_any_form_is_either_understood_or_refused(raw: dict[str, object], kind: Kind) -> None:
    asked = question(kind, "a", "b", rights=("r1", "r2"))
    try:
        answer = clean_answer(asked, raw)
    except AnswerNotUnderstood:
        return
    full = key(kind, right=("a",), pairs={"a": "r1", "b": "r2"}, accepted=("x",), number="7")
    assert mark(full, answer).out_of == 2

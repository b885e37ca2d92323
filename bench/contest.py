"""The site and its baseline under load in turns, and what one round after the other gave."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from bench.load import Pressed, press
from bench.servers import Server

ROUNDS: Final = 5
SECONDS: Final = 0.6
SITE: Final = "site"
Requests = Callable[[], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Runner:
    """One side: where it runs, what it is asked (made before the clock starts), and the status
    of a good answer."""

    name: str
    server: Server
    requests: Requests
    status: int = 200


@dataclass(slots=True)
class Score:
    """What each round gave one side: answers a second, processor milliseconds an answer, and the
    time within which 95 of 100 answers came."""

    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    answers: int = 0
    client: list[float] = field(default_factory=list)

    def add(self, pressed: Pressed, cpu_seconds: float) -> None:
        """One more round."""
        self.rates.append(pressed.rate)
        self.cpu.append(cpu_seconds * 1000 / pressed.answers)
        self.slowest.append(pressed.times[int(len(pressed.times) * 0.95)] * 1000)
        self.answers += pressed.answers
        self.client.append(pressed.own_cpu / pressed.seconds)


Scores = dict[str, Score]


@dataclass(frozen=True, slots=True)
class Spread:
    """A median and what it lies between."""

    middle: float
    least: float
    most: float


def spread(values: Sequence[float]) -> Spread:
    """Median, minimum and maximum."""
    return Spread(median(values), min(values), max(values))


def ratio(scores: Scores, to: str) -> Spread:
    """The site's rate by the other's, round by round."""
    pairs = zip(scores[SITE].rates, scores[to].rates, strict=True)
    return spread([ours / theirs for ours, theirs in pairs])


def cpu_ratio(scores: Scores, to: str) -> float:
    """How much of the site's processor time the other needs: what neighbours on the machine do
    not change."""
    return median(scores[to].cpu) / median(scores[SITE].cpu)


def contest(runners: Sequence[Runner], *, rounds: int = ROUNDS, seconds: float = SECONDS) -> Scores:
    """Each side in turn, forwards and backwards, so that none has the warmer machine."""
    scores: Scores = {runner.name: Score() for runner in runners}
    for turn in range(rounds):
        for runner in runners if turn % 2 == 0 else reversed(runners):
            _one(runner, scores[runner.name], seconds)
    return scores


def _one(runner: Runner, score: Score, seconds: float) -> None:
    requests = runner.requests()
    before = runner.server.cpu_seconds()
    try:
        pressed = press(runner.server.port, requests, status=runner.status, seconds=seconds)
    except Exception as problem:
        problem.add_note(f"asking {runner.name}")
        raise
    score.add(pressed, runner.server.cpu_seconds() - before)

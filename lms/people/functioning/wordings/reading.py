"""Reading the files of official words, once, when a server starts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from lms.base.language import LANGUAGES
from lms.people.functioning.rules import ANSWERS, DOMAINS, Wording

_PACKAGE: Final = Path(__file__).parent
_PARTS: Final = ("source", "date", "introduction", "questions", "answers")
_TOLD: Final = tuple(answer for answer in ANSWERS if answer != "refused")
_installed: dict[str, Wording] = {}


class WordingsWrong(SystemExit):
    """A file of official words that cannot be used stops the start and names file and key."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"Relais cannot start. Correct {path}: {problem}.")


def install_wordings(folder: Path) -> None:
    """Reads the package's words and those of a server's folder, one file for each language.

    Stops the start with `WordingsWrong`.
    """
    found = {path.stem: read_wording(path) for path in sorted(_PACKAGE.glob("*.yaml"))}
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        if path.stem in found:
            raise WordingsWrong(path, f"the words in “{path.stem}” come with the site; remove it")
        if path.stem not in LANGUAGES or path.suffix != ".yaml":
            names = ", ".join(f"{each}.yaml" for each in LANGUAGES if each not in found)
            raise WordingsWrong(path, f"name it after a language of the site ({names or 'none'})")
        found[path.stem] = read_wording(path)
    _installed.clear()
    _installed.update(found)


def official_wording(language: str) -> Wording | None:
    """The words in a language; None where there are no official ones."""
    return _installed.get(language)


def read_wording(path: Path) -> Wording:
    """The words in one file, whole: no key is missing and none is unknown."""
    parts = _keys(path, "", _parsed(path), _PARTS)
    questions = _keys(path, "questions.", parts["questions"], DOMAINS)
    answers = _keys(path, "answers.", parts["answers"], _TOLD)
    return Wording(
        introduction=_text(path, "introduction", parts["introduction"]),
        questions={d: _text(path, f"questions.{d}", questions[d]) for d in DOMAINS},
        answers={a: _text(path, f"answers.{a}", answers[a]) for a in _TOLD},
        source=_text(path, "source", parts["source"]),
        date=_day(path, parts["date"]),
    )


def _parsed(path: Path) -> Any:
    try:
        # every value stays text: the answer “no” is not “false”
        return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError) as problem:
        raise WordingsWrong(path, f"it cannot be read as UTF-8 text ({problem})") from None
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise WordingsWrong(path, f"it is not YAML{line}") from None


def _keys(path: Path, inside: str, given: Any, wanted: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        name = inside.removesuffix(".") or "the file"
        raise WordingsWrong(path, f"“{name}” must hold the keys {', '.join(wanted)}")
    missing = [f"{inside}{key}" for key in wanted if key not in given]
    extra = [f"{inside}{key}" for key in given if key not in wanted]
    if missing:
        raise WordingsWrong(path, f"missing: {', '.join(missing)}")
    if extra:
        raise WordingsWrong(path, f"not known: {', '.join(extra)}")
    return given


def _text(path: Path, key: str, given: Any) -> str:
    if not isinstance(given, str) or not given.strip():
        raise WordingsWrong(path, f"“{key}” must be text")
    return " ".join(given.split())


def _day(path: Path, given: Any) -> date:
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise WordingsWrong(path, "“date” must be a day, for example 2026-03-31") from None

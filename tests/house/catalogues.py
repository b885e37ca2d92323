"""`python -m tests.house.catalogues`: whether every sentence of the site is there in French."""

import ast
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

_TYPED_BY_HAND = re.compile(r" [:;!?»](?=\s|$)|« |'")
_TRANSLATES = ("_", "_l", "ngettext", "sentence")
ROOT = Path(__file__).resolve().parents[2]
FRENCH = ROOT / "translations" / "fr" / "LC_MESSAGES" / "messages.po"


def extracted() -> Catalog:
    """Every sentence that stands in the code and the templates now."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "found.pot"
        command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
        options = ["-F", "translations/babel.cfg", "-k", "sentence", "-k", "_l", "-o", str(found)]
        subprocess.run([*command, *options, "lms"], cwd=ROOT, check=True)
        with found.open("rb") as file:
            return read_po(file)


def hidden_from_translators() -> Iterator[str]:
    """Sentences inside an f-string, where the extraction does not look."""
    for path in sorted((ROOT / "lms").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = (node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr))
        for call in (node for text in texts for node in ast.walk(text)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in _TRANSLATES:
                yield f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(call)}"


def problems() -> Iterator[str]:
    """One line for each sentence that is missing, fuzzy, left over or wrong."""
    yield from (f"inside an f-string: {each}" for each in hidden_from_translators())
    with FRENCH.open("rb") as file:
        french = read_po(file, locale="fr")
    wanted = {_key(message): message for message in extracted() if message.id}
    known = {_key(message): message for message in french if message.id}
    yield from (f"missing: {each}" for each in wanted if each not in known)
    yield from (f"no longer used: {each}" for each in known if each not in wanted)
    for message in known.values():
        yield from _problems_of(message)
    with FRENCH.with_suffix(".mo").open("rb") as file:
        compiled = {_key(message): message.string for message in read_mo(file) if message.id}
    if any(_texts(compiled.get(key)) != _texts(message.string) for key, message in known.items()):
        yield "the compiled catalogue is old: run make messages"


def _key(message: Message) -> tuple[str, ...]:
    return _texts(message.id)


def _texts(text: Any) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (text or "",)


def _problems_of(message: Message) -> Iterator[str]:
    strings = _texts(message.string)
    if message.fuzzy:
        yield f"fuzzy: {message.id}"
    if not all(strings):
        yield f"not translated: {message.id}"
    yield from (f"{problem}: {message.id}" for problem in message.check())
    for text in filter(None, strings):
        if _TYPED_BY_HAND.search(text):
            yield f"typography (narrow no-break space, ’): {text}"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "Every sentence is there in French.")
    raise SystemExit(1 if found else 0)

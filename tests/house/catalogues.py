"""`python -m tests.house.catalogues`: whether every sentence of the site is there in French."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

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


def problems() -> Iterator[str]:
    """One line for each sentence that is missing, fuzzy, left over or wrong."""
    with FRENCH.open("rb") as file:
        french = read_po(file, locale="fr")
    wanted = {message.id: message for message in extracted() if message.id}
    known = {message.id: message for message in french if message.id}
    yield from (f"missing: {each}" for each in wanted if each not in known)
    yield from (f"no longer used: {each}" for each in known if each not in wanted)
    for message in known.values():
        yield from _problems_of(message)
    with FRENCH.with_suffix(".mo").open("rb") as file:
        compiled = {message.id: message.string for message in read_mo(file) if message.id}
    if any(compiled.get(key) != message.string for key, message in known.items()):
        yield "the compiled catalogue is old: run make messages"


def _problems_of(message: Message) -> Iterator[str]:
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    if message.fuzzy:
        yield f"fuzzy: {message.id}"
    if not all(strings):
        yield f"not translated: {message.id}"
    yield from (f"{problem}: {message.id}" for problem in message.check())
    for text in strings:
        if any(f" {sign}" in text for sign in ":;!?»") or "« " in text or "'" in text:
            yield f"typography (narrow no-break space, ’): {text}"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "Every sentence is there in French.")
    raise SystemExit(1 if found else 0)

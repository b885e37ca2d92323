"""CSV however it was saved: UTF-8, with or without a mark, UTF-16, Windows-1252; comma, semicolon
or tab."""

import csv
import io
from typing import Final

from lms.exchange.rules.refusals import NotATable

_SEPARATORS: Final = (";", ",", "\t")
_LONGEST_CELL: Final = 100_000
_MORE_THAN_ENOUGH: Final = 60_000


def csv_tables(data: bytes) -> list[list[list[str]]]:
    """The file read with each separator; the caller knows which reading names its columns."""
    text = text_of(data)
    first, _, rest = text.partition("\n")
    told = first.strip().removeprefix("sep=") if first.startswith("sep=") else ""
    if told:
        return [_read(rest, told[:1] or "\t")]
    start = text[:20_000]
    return [_read(text, each) for each in _SEPARATORS if each in start] or [_read(text, ",")]


def text_of(data: bytes) -> str:
    """The text of the file. What is no UTF is taken for Windows-1252, as spreadsheets save."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    if b"\x00" in data[:4096]:
        raise NotATable
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(data, "windows-1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise NotATable from None


def _read(text: str, separator: str) -> list[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) > _MORE_THAN_ENOUGH:
                break
    except csv.Error:
        return []
    return rows

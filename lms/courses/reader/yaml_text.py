"""YAML with line numbers, without aliases, tags, duplicates or depth that could do harm."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from lms.base.language import Sentence, sentence

YAML_LIMIT: Final = 64 * 1024
_DEPTH: Final = 8


class YamlRefused(Exception):
    """YAML that is not read; `line` counts from 1 in the text given."""

    def __init__(self, why: Sentence, line: int) -> None:
        super().__init__(str(why))
        self.sentence = why
        self.line = line


@dataclass(frozen=True, slots=True)
class YamlText:
    """A mapping, the line of each key ("a", "a.b", "a.0"), and keys that were written twice."""

    values: dict[str, Any]
    lines: dict[str, int]
    twice: list[tuple[str, int]] = field(default_factory=list)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the nearest key around it, or 1."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 1)

    def repeated(self) -> Iterator[tuple[int, Sentence]]:
        """What to say about each key that was written twice, with its line."""
        for key, line in self.twice:
            yield (
                line,
                sentence(
                    "The key “%(key)s” stands here a second time. Keep one of the two.", key=key
                ),
            )


def read_yaml(text: str) -> YamlText:
    """The mapping in `text`, or a `YamlRefused` that says what to correct."""
    if len(text) > YAML_LIMIT:
        raise YamlRefused(sentence("This block is too long. Keep only the keys it needs."), 1)
    try:
        _refuse_aliases(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise YamlRefused(_NOT_READ, mark.line + 1 if mark else 1) from None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError, TypeError):
        raise YamlRefused(_NOT_READ, 1) from None
    if node is None:
        return YamlText({}, {})
    if not isinstance(values, dict) or not isinstance(node, yaml.MappingNode):
        raise YamlRefused(_NOT_READ, 1)
    found = YamlText({str(key): value for key, value in values.items()}, {})
    _note_lines(node, "", found)
    return found


_NOT_READ: Final = sentence(
    "This cannot be read. Write each line as “key: value”, with the same indent for the same "
    "level, and put a value that contains a colon in quotes."
)


def _refuse_aliases(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = (event.start_mark.line if event.start_mark else 0) + 1
        if isinstance(event, yaml.AliasEvent):
            raise YamlRefused(
                sentence("Names such as *this are not allowed. Write the value out."), line
            )
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            depth += 1
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            depth -= 1
        if depth > _DEPTH:
            raise YamlRefused(_NOT_READ, line)


def _note_lines(node: yaml.Node, prefix: str, found: YamlText) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = f"{prefix}{key.value}"
            line = key.start_mark.line + 1
            if name in found.lines:
                found.twice.append((name, line))
            found.lines[name] = line
            _note_lines(value, f"{name}.", found)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            found.lines[f"{prefix}{number}"] = item.start_mark.line + 1
            _note_lines(item, f"{prefix}{number}.", found)

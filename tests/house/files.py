"""Which views answer with a file: read from their source, so that none can be forgotten."""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType

from flask import Flask

SIGNS = ("Content-Disposition", "as_download", "send_file", "mimetype")


def endpoints_with_files(app: Flask) -> set[str]:
    """Endpoints whose view gives a file, itself or through a function that it names."""
    return {
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static" and _gives(inspect.unwrap(view))
    }


def _gives(view: object) -> bool:
    module = sys.modules.get(getattr(view, "__module__", ""))
    name = getattr(view, "__name__", "")
    return bool(module and module.__name__.startswith("lms.web") and _leads(module, name, ()))


def _leads(module: ModuleType, name: str, seen: tuple[str, ...]) -> bool:
    """Whether a function of a module has one of the signs, or names one of this floor that has."""
    place = f"{module.__name__}.{name}"
    function = _functions(module).get(name)
    if function is None or place in seen:
        return False
    words = set(_words(function))
    if words & set(SIGNS):
        return True
    return any(_leads(*found, (*seen, place)) for word in words if (found := _home(module, word)))


def _home(module: ModuleType, word: str) -> tuple[ModuleType, str] | None:
    """Where a function that a module calls by this word is defined, on this floor."""
    known = vars(module).get(word)
    value = inspect.unwrap(known) if callable(known) else None
    if not inspect.isfunction(value) or not value.__module__.startswith("lms.web"):
        return None
    return sys.modules[value.__module__], value.__name__


@lru_cache
def _functions(module: ModuleType) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(module))
    return {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}


def _words(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value

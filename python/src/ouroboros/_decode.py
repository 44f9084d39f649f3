"""From the program's JSON to dataclasses."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ._tables import Table

T = TypeVar("T")


class Mismatch(Exception):
    """A value that is not of the kind its place asks for."""


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def key(name: str) -> str:
    """The key of a field: its name, less the underscore that keeps it from being a word of Python.

    Args:
        name: The field.
    """
    return name.rstrip("_")


def decoded(kind: type[T], value: object, **more: object) -> T:
    """A dataclass made of a JSON object.

    Keys that it has no field for are passed over, since newer programs may say more; a field without a default must be
    there, and of its kind.

    Args:
        kind: The dataclass.
        value: The JSON value.
        more: Fields that are not in it.

    Raises:
        Mismatch: It is not of that kind.
    """
    result: T = _object(kind, value, kind.__name__, more)
    return result


def _object(kind: Any, value: object, place: str, more: Mapping[str, object]) -> Any:
    if not isinstance(value, dict):
        raise Mismatch(f"{place} is no object")
    hints = _hints(kind)
    given = dict(more)
    for field in fields(kind):
        name = key(field.name)
        if field.name in given:
            continue
        if name in value:
            given[field.name] = _value(hints[field.name], value[name], f"{place}.{name}")
        elif field.default is MISSING and field.default_factory is MISSING:
            raise Mismatch(f"{place} has no {name}")
    return kind(**given)


def _value(kind: Any, value: object, place: str) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        rest = [argument for argument in arguments if argument is not type(None)]
        if value is None and len(rest) < len(arguments):
            return None
        return _value(rest[0], value, place)
    if origin is tuple or origin is Table:
        items = (_value(arguments[0], item, place) for item in _list(value, place))
        return tuple(items) if origin is tuple else Table(items)
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, dict):
            raise Mismatch(f"{place} is no object")
        return {name: _value(arguments[1], item, f"{place}.{name}") for name, item in value.items()}
    if is_dataclass(kind):
        return _object(kind, value, place, {})
    return _plain(kind, value, place)


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise Mismatch(f"{place} is no list")
    return value


def _plain(kind: Any, value: object, place: str) -> Any:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is Any or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool))):
        return value
    raise Mismatch(f"{place} is {value!r}, not of {kind.__name__}")

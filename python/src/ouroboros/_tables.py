"""Lists of lines that become data frames."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    import pandas
    import polars

Line = TypeVar("Line")


def _cell(value: object) -> object:
    if isinstance(value, Table):
        return value.to_dicts()
    if is_dataclass(value) and not isinstance(value, type):
        return _cells(value)
    if isinstance(value, tuple):
        return [_cell(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _cell(item) for name, item in value.items()}
    return value


def _cells(line: Any) -> dict[str, object]:
    """A line as a row; an object in it is columns of its own: ``share_range`` is ``share_range_low`` and ``_high``."""
    row: dict[str, object] = {}
    for field in fields(line):
        value = getattr(line, field.name)
        if is_dataclass(value) and not isinstance(value, (Table, type)):
            row |= {f"{field.name}_{name}": cell for name, cell in _cells(value).items()}
        else:
            row[field.name] = _cell(value)
    return row


class Table(Sequence[Line], Generic[Line]):
    """Lines of one kind, in the program's order: a sequence that becomes a data frame.

    A line is a row and a field a column. An object in a line is columns of its own; lists and mappings stay in one.
    """

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        """Makes a table of lines."""
        self._lines = tuple(lines)

    def __len__(self) -> int:
        """The number of lines."""
        return len(self._lines)

    def __iter__(self) -> Iterator[Line]:
        """The lines."""
        return iter(self._lines)

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> Table[Line]: ...

    def __getitem__(self, place: int | slice) -> Line | Table[Line]:
        """The line at a place, or the lines of a stretch."""
        return Table(self._lines[place]) if isinstance(place, slice) else self._lines[place]

    def __eq__(self, other: object) -> bool:
        """Whether both have the same lines."""
        return isinstance(other, Table) and self._lines == other._lines

    def __hash__(self) -> int:
        """A number that equal tables share."""
        return hash(self._lines)

    def __repr__(self) -> str:
        """The lines, as Python writes them."""
        return f"Table({list(self._lines)!r})"

    def to_dicts(self) -> list[dict[str, object]]:
        """The lines as dictionaries, a key a column."""
        return [_cells(line) if is_dataclass(line) else {"value": line} for line in self._lines]

    def to_pandas(self) -> pandas.DataFrame:
        """The lines as a data frame of pandas, a row a line.

        Raises:
            ImportError: pandas is not installed.
        """
        import pandas

        return pandas.DataFrame(self.to_dicts())

    def to_polars(self) -> polars.DataFrame:
        """The lines as a data frame of polars, a row a line.

        Raises:
            ImportError: polars is not installed.
        """
        import polars

        return polars.DataFrame(self.to_dicts(), infer_schema_length=None)

    def _repr_html_(self) -> str:
        """The first twenty lines as a table, for a notebook."""
        rows = self[:20].to_dicts()
        names = list(rows[0]) if rows else []
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_written(row[name]))}</td>" for name in names) + "</tr>" for row in rows
        )
        rest = f"<p>and {len(self) - 20} more</p>" if len(self) > 20 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _written(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_written(item) for item in value)
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1_000 else f"{value:,.0f}"
    return "" if value is None else str(value)

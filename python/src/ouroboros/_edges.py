"""What networks and payments may be given as."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeAlias, runtime_checkable


@runtime_checkable
class PandasLike(Protocol):
    """A data frame that writes itself as pandas does."""

    def to_csv(self, *, index: bool) -> str | None:
        """The frame as CSV."""
        ...


@runtime_checkable
class PolarsLike(Protocol):
    """A data frame that writes itself as polars does."""

    def write_csv(self) -> str:
        """The frame as CSV."""
        ...


Frame: TypeAlias = PandasLike | PolarsLike
"""A data frame of pandas or polars."""

Edge: TypeAlias = tuple[str, str, float]
"""Who pays, who is paid, and how much."""

Path: TypeAlias = str | os.PathLike[str]
"""The name of a file or a folder."""


def as_input(given: Path | Frame | Iterable[Edge], names: Sequence[str]) -> tuple[str, str | None]:
    """A file as it is; a frame or rows as text for standard input.

    Args:
        given: A file, a frame with the columns that such a file has, or rows.
        names: What the columns of rows are called.

    Returns:
        The argument that names the input, and the text of standard input if it is that.
    """
    if isinstance(given, (str, os.PathLike)):
        return os.fspath(given), None
    if isinstance(given, PolarsLike):
        return "-", given.write_csv()
    if isinstance(given, PandasLike):
        return "-", given.to_csv(index=False) or ""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for row in given:
        payer, payee, weight = row
        writer.writerow([payer, payee, repr(float(weight)) if not isinstance(weight, int) else weight])
    return "-", text.getvalue()

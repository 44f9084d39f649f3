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


def _text_of(frame: Frame) -> str:
    return frame.write_csv() if isinstance(frame, PolarsLike) else frame.to_csv(index=False) or ""


def as_inputs(given: Path | Frame | Sequence[Path]) -> tuple[list[str], str | None]:
    """Payments as arguments: files as they are, a frame as text for standard input.

    Args:
        given: A file, several, or a frame with the columns that such a file has.

    Returns:
        The arguments that name the input, and the text of standard input if it is that.
    """
    if isinstance(given, (str, os.PathLike)):
        return [os.fspath(given)], None
    if isinstance(given, (PolarsLike, PandasLike)):
        return ["-"], _text_of(given)
    return [os.fspath(path) for path in given], None


def as_edges(given: Path | Frame | Iterable[Edge]) -> tuple[str, str | None]:
    """A network as an argument: a file as it is, a frame or rows as text for standard input.

    Args:
        given: A file, a frame with the columns that such a file has, or rows.

    Returns:
        The argument that names the input, and the text of standard input if it is that.
    """
    if isinstance(given, (str, os.PathLike)):
        return os.fspath(given), None
    if isinstance(given, (PolarsLike, PandasLike)):
        return "-", _text_of(given)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("from", "to", "weight"))
    writer.writerows(given)
    return "-", text.getvalue()

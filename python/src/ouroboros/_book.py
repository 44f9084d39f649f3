"""A book, and what can be asked of it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal, TypeAlias, TypedDict, Unpack, overload

from ._answer import answer
from ._edges import Edge, Frame, Path, as_edges
from ._flows import Flows, Loops
from ._measures import BY_NAME, Closure, Concentration, Cycles, Cycling, Gain, Potential, Provenance
from ._options import PaymentOptions, arguments
from ._pictures import Picture
from ._program import ask, run
from ._projection import Projection
from ._report import Report
from ._trace import Trace

Drawing: TypeAlias = Literal["sankey", "chord", "network", "timeline", "provenance", "panel"]
"""A kind of drawing of a book."""

Measure: TypeAlias = Closure | Cycling | Potential | Provenance | Concentration | Gain | Cycles
"""A measure of a network."""

MeasureName: TypeAlias = Literal["closure", "cycling", "potential", "provenance", "concentration", "gain", "cycles"]
"""What a measure is called."""


class Choice(TypedDict, total=False):
    """Which part of a book counts.

    Attributes:
        as_of: As known on this day: a date, or ``"2026-06-30"``, ``"2026-06"``, ``"2026"``.
        told_by: Whose word counts: tellers, publishers or sources; ``"press"`` or ``"companies"``.
        policy: What is admitted.
        recorded_by: Only what the book knew by then; of a book file, not of a folder.
    """

    as_of: str | datetime.date
    told_by: str | list[str]
    policy: Literal["binding", "reported", "generous"]
    recorded_by: str | datetime.date


class Question(Choice, total=False):
    """Which network is made of it.

    Attributes:
        period: ``"2025"``, ``"2025-06"``, or two dates as ``"2025-07..2026-06"``.
        basis: Money of the period, or still to run on the day.
        complete: How unknown flows are filled in.
        seed: Where chance begins.
        unconsolidated: Count each party by itself, not by group.
        inside: A file with the parties of the sector, a line each.
    """

    period: str
    basis: Literal["flows", "commitments"]
    complete: Literal["none", "entropy", "sample"]
    seed: int
    unconsolidated: bool
    inside: str


def _words(question: Mapping[str, object]) -> list[str]:
    """A question as the command takes it: tellers in one word, with commas."""
    tellers = question.get("told_by")
    return arguments(question if not isinstance(tellers, list) else {**question, "told_by": ",".join(tellers)})


class Book:
    """A book of claims: a file (``market.ouro``) or a folder of CSV.

    Every method asks the program ``ouro``; nothing is kept, so that an answer is of the book as it is on disk then.
    """

    def __init__(self, path: Path) -> None:
        """Names a book; it is read when something is asked.

        Args:
            path: The file or the folder.
        """
        self.path = os.fspath(path)

    def __repr__(self) -> str:
        """The book by its path."""
        return f"Book({self.path!r})"

    def report(self, *, samples: int = 200, **question: Unpack[Question]) -> Report:
        """How closed the economy is, through which loops, and whose money it is.

        Args:
            samples: How many draws the ranges rest on, 1 to 100,000.
            question: See :class:`Question`.

        Returns:
            Figures in dollars and shares from 0 to 1, with the rows they rest on; shown as a drawing in a notebook.

        Raises:
            DataError: The book is damaged, or nobody tells anything of what was asked.
            NoInputError: There is no such book.
            UsageError: An option is of no use.
        """
        return answer(Report, ["report", self.path, "--samples", str(samples), *_words(question)])

    def flows(self, *, party: str | None = None, **question: Unpack[Question]) -> Flows:
        """Who pays whom in the period, with the rows behind each flow.

        Args:
            party: Only what this party pays or is paid, by id or name.
            question: See :class:`Question`.

        Returns:
            A line a pair, in dollars, the largest first.

        Raises:
            OuroError: As :meth:`report`; :class:`DataError` where there is no such party.
        """
        who = [] if party is None else ["--party", party]
        return answer(Flows, ["deals", self.path, "--flows", *who, *_words(question)])

    def loops(
        self, *, top: int = 10, limit: int | None = None, max_hops: int | None = None, **question: Unpack[Question]
    ) -> Loops:
        """The loops of payments, with the rows each payment rests on.

        Args:
            top: How many of the largest to tell.
            limit: The number of loops after which to stop counting.
            max_hops: The most payments in a loop.
            question: See :class:`Question`.

        Returns:
            Counts, and the largest loops, in dollars.

        Raises:
            OuroError: As :meth:`report`.
        """
        more = arguments({"top": top, "limit": limit, "max_hops": max_hops})
        return answer(Loops, ["loops", self.path, *more, *_words(question)])

    def trace(self, party: str, *, depth: int | None = None, **question: Unpack[Question]) -> Trace:
        """Whose money a party lives on.

        Args:
            party: The party, by id or name.
            depth: How many payers back to look.
            question: See :class:`Question`.

        Returns:
            Who pays it and who pays them, in dollars and as shares from 0 to 1.

        Raises:
            OuroError: As :meth:`report`; :class:`DataError` where there is no such party.
        """
        return answer(Trace, ["trace", self.path, party, *arguments({"depth": depth}), *_words(question)])

    def project(
        self,
        scenario: Path,
        *,
        paths: int = 10_000,
        seed: int = 1,
        months: int | None = None,
        threads: int | None = None,
        run_file: Path | None = None,
        **choice: Unpack[Choice],
    ) -> Projection:
        """Cash month by month on many paths: bands, who fails when, what is lost.

        Args:
            scenario: What is assumed and what happens: a YAML file.
            paths: How many paths.
            seed: Where chance begins; the same seed gives the same bits.
            months: How many months; the scenario's, or 60.
            threads: How many threads; the answer is the same for any.
            run_file: A file to keep the run in, for drawings.
            choice: See :class:`Choice`.

        Returns:
            Bands in dollars a month and party, shares of paths from 0 to 1.

        Raises:
            OuroError: As :meth:`report`; :class:`DataError` where the scenario is wrong.
        """
        file = None if run_file is None else os.fspath(run_file)
        more = arguments({"paths": paths, "seed": seed, "months": months, "threads": threads, "output": file})
        found = answer(Projection, ["project", self.path, os.fspath(scenario), *more, *_words(choice)])
        return replace(found, run_file=file)

    @overload
    def measure(self, name: Literal["closure"] = ..., **question: Unpack[Question]) -> Closure: ...

    @overload
    def measure(self, name: Literal["cycling"], **question: Unpack[Question]) -> Cycling: ...

    @overload
    def measure(self, name: Literal["potential"], **question: Unpack[Question]) -> Potential: ...

    @overload
    def measure(self, name: Literal["provenance"], **question: Unpack[Question]) -> Provenance: ...

    @overload
    def measure(self, name: Literal["concentration"], **question: Unpack[Question]) -> Concentration: ...

    @overload
    def measure(self, name: Literal["gain"], **question: Unpack[Question]) -> Gain: ...

    @overload
    def measure(self, name: Literal["cycles"], **question: Unpack[Question]) -> Cycles: ...

    def measure(self, name: MeasureName = "closure", **question: Unpack[Question]) -> Measure:
        """One measure of the network of a period.

        Args:
            name: Which.
            question: See :class:`Question`.

        Returns:
            The measure; amounts in dollars, shares from 0 to 1, a line a party.

        Raises:
            OuroError: As :meth:`report`.
        """
        return _measure(["measure", name, self.path, *_words(question)], name, None)

    def draw(
        self,
        kind: Drawing = "sankey",
        *,
        top: int | None = None,
        focus: str | None = None,
        loop: int | None = None,
        **question: Unpack[Question],
    ) -> Picture:
        """A drawing, which a notebook shows.

        Args:
            kind: Which.
            top: How many parties or deals to show.
            focus: Only flows and deals of this party.
            loop: Mark the loop at this place of :meth:`loops`, from 1.
            question: See :class:`Question`.

        Raises:
            OuroError: As :meth:`report`.
        """
        more = arguments({"top": top, "focus": focus, "loop": loop})
        return Picture(run("draw", kind, self.path, *more, *_words(question), "-o", "-").data)

    def ask(self, command: str, *more: str) -> Any:
        """The answer of any other command about the book, as the JSON it prints.

        ``book.ask("trend", "--samples", "50")`` is ``ouro trend BOOK --samples 50 --json``.

        Args:
            command: The command.
            more: What comes after the book.

        Raises:
            OuroError: It failed.
        """
        return ask(command, self.path, *more)


@overload
def measure(
    edges: Path | Frame | Iterable[Edge], name: Literal["closure"] = ..., **options: Unpack[PaymentOptions]
) -> Closure: ...


@overload
def measure(
    edges: Path | Frame | Iterable[Edge], name: Literal["cycling"], **options: Unpack[PaymentOptions]
) -> Cycling: ...


@overload
def measure(
    edges: Path | Frame | Iterable[Edge], name: Literal["potential"], **options: Unpack[PaymentOptions]
) -> Potential: ...


@overload
def measure(
    edges: Path | Frame | Iterable[Edge], name: Literal["provenance"], **options: Unpack[PaymentOptions]
) -> Provenance: ...


@overload
def measure(
    edges: Path | Frame | Iterable[Edge], name: Literal["concentration"], **options: Unpack[PaymentOptions]
) -> Concentration: ...


@overload
def measure(
    edges: Path | Frame | Iterable[Edge], name: Literal["gain"], **options: Unpack[PaymentOptions]
) -> Gain: ...


@overload
def measure(
    edges: Path | Frame | Iterable[Edge], name: Literal["cycles"], **options: Unpack[PaymentOptions]
) -> Cycles: ...


def measure(
    edges: Path | Frame | Iterable[Edge], name: MeasureName = "closure", **options: Unpack[PaymentOptions]
) -> Measure:
    """One measure of a network that is no book.

    Args:
        edges: A file with ``from,to,weight`` or payments; a frame with such columns; or rows of from, to, weight.
        name: Which.
        options: How payments are read, see :class:`PaymentOptions`.

    Returns:
        The measure; amounts in the unit of the weights, shares from 0 to 1, a line a party.

    Raises:
        DataError: There is a fault in the edges; the sentence says on which line.
        NoInputError: There is no such file.
    """
    source, given = as_edges(edges)
    return _measure(["measure", name, source, *arguments(options)], name, given)


def _measure(command: list[str], name: MeasureName, given: str | None) -> Measure:
    found = answer(BY_NAME[name], command, given)
    assert isinstance(found, (Closure, Cycling, Potential, Provenance, Concentration, Gain, Cycles))
    return found

"""Money that leaves a party and comes back, in payments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Unpack

from ._answer import Answer, answer
from ._edges import Frame, Path, as_inputs
from ._options import PaymentOptions, arguments
from ._program import stream
from ._tables import Table


@dataclass(frozen=True)
class Payment:
    """A payment of a file.

    Attributes:
        line: Its line in the file, from 1.
        payer: Who pays.
        payee: Who is paid.
        time: When, YYYY-MM-DD or with a time of day.
        amount: How much, in its currency.
        currency: The currency; none where nobody says.
        file: The file, where there are several.
    """

    line: int
    payer: str
    payee: str
    time: str
    amount: float
    currency: str | None = None
    file: str | None = None


@dataclass(frozen=True)
class PaymentLoop:
    """Payments one after another, back to the first payer.

    Attributes:
        id: A number made of its content: the same in every run.
        parties: Who pays, in order.
        bottleneck: The least payment.
        total: All payments together.
        payments: The payments, in order of time.
        currency: The currency; none where nobody says.
    """

    id: str
    parties: tuple[str, ...]
    bottleneck: float
    total: float
    payments: Table[Payment]
    currency: str | None = None


@dataclass(frozen=True)
class BusyParty:
    """A party on many loops.

    Attributes:
        id: The party.
        loops: How many loops it is on.
        name: What it is called, where the file says.
    """

    id: str
    loops: int
    name: str | None = None


@dataclass(frozen=True)
class Scan(Answer):
    """The loops of a file of payments.

    Attributes:
        payments: How many payments were read.
        parties: How many parties they are between.
        rejected: How many rows were no payments.
        within: The most time from the first payment of a loop to the last, in seconds.
        count: How many loops there are.
        complete: Whether all were counted.
        by_length: How many of so many payments.
        by_month: How many began in each month, YYYY-MM.
        busiest: The parties on most loops.
        largest: The loops with the most on their least payment.
        notes: What was taken for granted.
        first: The time of the first payment.
        last: The time of the last.
        currency: The currency; none where there are several or nobody says.
    """

    payments: int
    parties: int
    rejected: int
    within: int
    count: int
    complete: bool
    by_length: Mapping[str, int]
    by_month: Mapping[str, int]
    busiest: Table[BusyParty]
    largest: Table[PaymentLoop]
    notes: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    currency: str | None = None


@dataclass(frozen=True)
class FoundLoop:
    """A loop as it is found.

    Attributes:
        loop: Its number in the order of finding, from 1.
        parties: Who pays, in order.
        times: When.
        amounts: How much, to the cent.
        lines: The lines of the file.
        currencies: The currency of each; none where nobody says.
    """

    loop: int
    parties: tuple[str, ...]
    times: tuple[str, ...]
    amounts: tuple[Decimal, ...]
    lines: tuple[int, ...]
    currencies: tuple[str | None, ...]


class ScanOptions(PaymentOptions, total=False):
    """What a scan may be told beside the payments; texts as the command takes them.

    Attributes:
        max_hops: The most payments in a loop.
        min: The least amount of a payment, as ``"10000"`` or ``"0.50"``.
        tolerance: The most an amount may change from one payment to the next, as ``"5%"``.
        allow_ties: Whether a payment may follow another of the same moment; by default where no time of day is known.
        roots_from: The earliest time of a loop's first payment, as ``"2026-01-31"``.
        roots_until: The time before which it lies.
        limit: The number of loops after which to stop.
    """

    max_hops: int
    min: str
    tolerance: str
    allow_ties: bool
    roots_from: str
    roots_until: str
    limit: int


def scan(
    payments: Path | Frame | Sequence[Path], *, within: str = "30d", top: int = 10, **options: Unpack[ScanOptions]
) -> Scan:
    """Finds money that leaves a party and comes back.

    Args:
        payments: A file that ``ouro scan`` reads, several that are read as one, or a frame with columns payer, payee, amount,
            and date or time.
        within: The most time from the first payment of a loop to the last: ``"30d"``, ``"12h"``, ``"90m"``.
        top: How many of the largest loops and busiest parties to tell.
        options: See :class:`ScanOptions` and :class:`PaymentOptions`.

    Returns:
        Counts, and the largest loops; amounts in the currency of the payments, times as the file has them.

    Raises:
        DataError: The file holds no payments, or nothing in it decides how to read it.
        NoInputError: There is no such file.
        UsageError: An option is of no use.
    """
    names, given = as_inputs(payments)
    command = ["scan", *names, "--within", within, "--top", str(top), *arguments(options)]
    return answer(Scan, command, given)


def scan_loops(
    payments: Path | Frame | Sequence[Path], *, within: str = "30d", **options: Unpack[ScanOptions]
) -> Iterator[FoundLoop]:
    """Every loop, each as it is found; memory does not grow with their number.

    Args:
        payments: As in :func:`scan`.
        within: As in :func:`scan`.
        options: As in :func:`scan`.

    Yields:
        A loop. The search ends where no more are asked for.

    Raises:
        OuroError: As :func:`scan`, when the first loop is asked for.
    """
    names, given = as_inputs(payments)
    listing = ["--list", "-", "--format", "jsonl", "--top", "0"]
    for line in stream(["scan", *names, "--within", within, *listing, *arguments(options)], given):
        yield _found(line)


def _found(line: dict[str, Any]) -> FoundLoop:
    return FoundLoop(
        loop=line["loop"],
        parties=tuple(line["parties"]),
        times=tuple(line["times"]),
        amounts=tuple(Decimal(amount) for amount in line["amounts"]),
        lines=tuple(line["lines"]),
        currencies=tuple(line["currencies"]),
    )

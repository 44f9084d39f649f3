"""Who pays whom, and the loops that makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ._answer import Answer
from ._tables import Table


@dataclass(frozen=True)
class Range:
    """From the least to the most.

    Attributes:
        low: The least, in dollars or as a share from 0 to 1.
        high: The most.
    """

    low: float
    high: float


@dataclass(frozen=True)
class Flow:
    """What one party pays another in the period.

    Attributes:
        payer: Who pays, by id.
        payee: Who is paid, by id.
        amount: Dollars; none where only a range is told.
        low: The least it can be, in dollars.
        high: The most it can be; none where nothing bounds it.
        grades: Dollars by how well they are known (``disclosed``, ``press``, ``estimated``, …); none where that part is open.
        deals: The deals it is paid under, by id.
        evidence: The rows of the book that decide it, by id.
        agrees: Rows that only say the same.
        disputed: Whether tellers contradict each other about it.
        assumed: Whether an assumption is in it.
        worked: The dollars that figures are worked out with.
    """

    payer: str
    payee: str
    low: float
    grades: Mapping[str, float | None]
    deals: tuple[str, ...]
    evidence: tuple[str, ...]
    agrees: tuple[str, ...]
    disputed: bool
    assumed: bool
    worked: float
    amount: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Loop:
    """Money that goes round: each pays the next, and the last the first.

    Attributes:
        parties: Who is on it, by id.
        bottleneck: The least payment on it, in dollars: what goes round.
        low: The least that can be.
        high: The most that can be; none where nothing bounds it.
        total: All payments on it together, in dollars.
        disputed: Whether a payment on it is.
        assumed: Whether a payment on it is filled in or assumed.
        payments: The payments, in the order of the parties.
    """

    parties: tuple[str, ...]
    bottleneck: float
    low: float
    total: float
    disputed: bool
    assumed: bool
    payments: Table[Flow]
    high: float | None = None


@dataclass(frozen=True)
class PartyRange:
    """What goes round at a party, in any of the largest circulations.

    Attributes:
        id: The party.
        low: The least, in the unit of the weights (dollars in a book); none where it takes too much work to say.
        high: The most.
    """

    id: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Flows(Answer):
    """The network of a period: who pays whom, with the rows behind it.

    Attributes:
        as_of: The day it is known on, YYYY-MM-DD.
        period: The period.
        flows: A line a pair, the largest first.
        replaced: Plans that what happened on the same days replaced; they count nowhere.
    """

    as_of: str
    period: str
    flows: Table[Flow]
    replaced: Table[Flow]


@dataclass(frozen=True)
class Loops(Answer):
    """The loops of a network.

    Attributes:
        as_of: The day it is known on, YYYY-MM-DD.
        period: The period.
        count: How many there are.
        complete: Whether all were counted.
        by_length: How many of so many parties.
        loops: The largest.
        circulation: Dollars in the largest circulation.
        parties: What goes round at each party.
    """

    as_of: str
    period: str
    count: int
    complete: bool
    by_length: Mapping[str, int]
    loops: Table[Loop]
    circulation: float
    parties: Table[PartyRange]

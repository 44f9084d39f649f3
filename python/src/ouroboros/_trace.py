"""Whose money a party lives on."""

from __future__ import annotations

from dataclasses import dataclass

from ._answer import Answer
from ._tables import Table


@dataclass(frozen=True)
class Share:
    """A party and its share of something.

    Attributes:
        id: The party.
        share: From 0 to 1.
    """

    id: str
    share: float


@dataclass(frozen=True)
class PartyLine:
    """Whose money a party lives on, in figures.

    Attributes:
        id: The party.
        throughflow: Dollars that pass through it in the period.
        from_inside: Dollars of them that others inside pay.
        return_probability: The chance that a dollar passing through it comes back; none where that cannot be had.
        origins: Outside money it began as, by share.
        unsourced: The share that no outside money explains.
        through: Parties that its money passed through, by share.
        payers: Who pays it, by share.
        payers_low: The concentration of its payers (Herfindahl, 0 to 1), unnamed payers counted as many.
        payers_high: The same, unnamed payers counted as one.
        sources_low: The concentration of the sources its money began with, unnamed ones counted as many.
        sources_high: The same, the unnamed of each party counted as one.
    """

    id: str
    throughflow: float
    from_inside: float
    origins: Table[Share]
    unsourced: float
    through: Table[Share]
    payers: Table[Share]
    return_probability: float | None = None
    payers_low: float | None = None
    payers_high: float | None = None
    sources_low: float | None = None
    sources_high: float | None = None


@dataclass(frozen=True)
class Branch:
    """One who pays, and who pays it in turn.

    Attributes:
        id: Who pays.
        share: Its share of what the payee takes in.
        amount: Dollars.
        evidence: The rows of the book behind it.
        payers: Who pays it; none past the depth that is looked at.
    """

    id: str
    share: float
    amount: float
    evidence: tuple[str, ...]
    payers: Table[Branch]


@dataclass(frozen=True)
class Trace(Answer):
    """Whose money a party lives on.

    Attributes:
        party: The party, or the group it counts with.
        as_of: The day it is known on, YYYY-MM-DD.
        period: The period.
        receipts: Dollars it takes in.
        payers: Who pays it, and who pays them.
        line: The same in figures; none where nothing reaches it.
    """

    party: str
    as_of: str
    period: str
    receipts: float
    payers: Table[Branch]
    line: PartyLine | None = None

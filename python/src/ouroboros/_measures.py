"""Measures of a network of flows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ._answer import Answer
from ._flows import PartyRange
from ._tables import Table
from ._trace import Share


@dataclass(frozen=True)
class Closure(Answer):
    """How much goes round: the largest circulation within the flows.

    Attributes:
        total: All that is paid, in the unit of the weights.
        circulation: What goes round of it.
        share: Their ratio, from 0 to 1.
        parties: What goes round at each party.
        efficiency: What goes round of what nets; none where nothing does.
        forwarded_share: The share that is passed on round a loop; none where it takes too long.
        forwarded_imbalance: How far its sums are from exact.
        against_chance: The same of rewired networks, where that was asked for.
    """

    total: float
    circulation: float
    share: float
    parties: Table[PartyRange]
    efficiency: float | None = None
    forwarded_share: float | None = None
    forwarded_imbalance: float | None = None
    against_chance: Mapping[str, object] | None = None


@dataclass(frozen=True)
class CyclingParty:
    """How much of what a party pays comes back to it.

    Attributes:
        id: The party.
        return_probability: The chance that a unit it pays comes back, from 0 to 1.
        standard_error: Its error where it was sampled; 0 where it is exact.
    """

    id: str
    return_probability: float
    standard_error: float


@dataclass(frozen=True)
class Cycling(Answer):
    """Finn's cycling index.

    Attributes:
        throughflow: All that passes through parties, in the unit of the weights.
        finn_standard_error: The index's error where it was sampled; 0 where it is exact.
        parties: A line a party.
        finn: The share of it that cycles, from 0 to 1.
        path_length: How many parties a unit passes on its way.
    """

    throughflow: float
    finn_standard_error: float
    parties: Table[CyclingParty]
    finn: float | None = None
    path_length: float | None = None


@dataclass(frozen=True)
class PartyPotential:
    """Where a party stands between upstream and downstream.

    Attributes:
        id: The party.
        potential: Its potential: higher is further upstream.
    """

    id: str
    potential: float


@dataclass(frozen=True)
class Potential(Answer):
    """Who is upstream, and how much of the net flows goes round.

    Attributes:
        weighting: How links count: ``unit``, ``count`` or ``flow``.
        parties: A line a party.
        circular_share: The share of net flows that goes round; none where nothing flows.
        reciprocity: The share that is paid back to who paid it; none where nothing flows.
        incoherence: How far flows are from running from one level to the next; none where nothing flows.
    """

    weighting: str
    parties: Table[PartyPotential]
    circular_share: float | None = None
    reciprocity: float | None = None
    incoherence: float | None = None


@dataclass(frozen=True)
class ProvenanceParty:
    """Whose money a party lives on.

    Attributes:
        id: The party.
        origins: Outside money it began as, by share.
        unsourced: The share that no outside money explains.
        others: The share of all smaller origins together.
        untraced: What the shares can be short of in all.
    """

    id: str
    origins: Table[Share]
    unsourced: float
    others: float
    untraced: float = 0.0


@dataclass(frozen=True)
class Provenance(Answer):
    """Whose money each party lives on.

    Attributes:
        parties: A line a party.
    """

    parties: Table[ProvenanceParty]


@dataclass(frozen=True)
class Concentration(Answer):
    """How few take most.

    Attributes:
        hhi: The Herfindahl–Hirschman index of what passes through parties, from 0 to 1.
        effective_number: How many parties of one size would have the same.
        largest: The largest, by share.
    """

    largest: Table[Share]
    hhi: float | None = None
    effective_number: float | None = None


@dataclass(frozen=True)
class Gain(Answer):
    """Whether a push dies out or feeds itself.

    Attributes:
        gain: How much of each extra unit inside is there the next time round.
        low: The least that it can be.
        high: The most that it can be.
        settled: Whether these agree.
    """

    gain: float
    low: float
    high: float
    settled: bool


@dataclass(frozen=True)
class Cycle:
    """A loop of flows.

    Attributes:
        parties: Who is on it, by id.
        bottleneck: The least flow on it.
        total: All flows on it together.
    """

    parties: tuple[str, ...]
    bottleneck: float
    total: float


@dataclass(frozen=True)
class Cycles(Answer):
    """The loops of a network.

    Attributes:
        count: How many there are.
        complete: Whether all were counted.
        by_length: How many of so many parties.
        top: The largest.
    """

    count: int
    complete: bool
    by_length: Mapping[str, int]
    top: Table[Cycle]


BY_NAME: Mapping[str, type[Answer]] = {
    "closure": Closure,
    "cycling": Cycling,
    "potential": Potential,
    "provenance": Provenance,
    "concentration": Concentration,
    "gain": Gain,
    "cycles": Cycles,
}

"""How closed an economy is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ._answer import Answer
from ._flows import Loop, Range
from ._pictures import Picture
from ._program import run
from ._tables import Table
from ._trace import PartyLine


@dataclass(frozen=True)
class Header:
    """What was asked of which book.

    Attributes:
        book: Its name.
        head: The hash that stands for its contents.
        version: The program's version.
        as_of: The day it is known on, YYYY-MM-DD.
        told_by: Whose word counts; everybody's where empty.
        policy: What is admitted: ``binding``, ``reported`` or ``generous``.
        period: The period.
        basis: ``flows`` or ``commitments``.
        completion: How unknown flows were filled in.
        samples: How many draws the ranges rest on.
        seed: Where chance began.
        parties: How many parties pay or are paid.
        coverage: Of a period that is not over: the share of the last full year's money on pairs of which somebody says what
            moved up to the day; none of a period that is over.
        due_later: Dollars that fall due between parties inside in the rest of such a period.
    """

    book: str
    head: str
    version: str
    as_of: str
    told_by: tuple[str, ...]
    policy: str
    period: str
    basis: str
    completion: str
    samples: int
    seed: int
    parties: int
    coverage: float | None = None
    due_later: float | None = None


@dataclass(frozen=True)
class Footing:
    """How much goes round, counting what is known so well or better.

    Attributes:
        footing: ``known``, ``with estimates``, ``with what was spread``, ``with what was filled in``, or a promise.
        circulation: Dollars that go round.
        total: Dollars paid inside.
        share: Their ratio, from 0 to 1.
        share_range: The middle nine tenths of the draws, and every reading, of the share.
        circulation_range: The same of what goes round, in dollars.
        total_range: The same of what is paid inside, in dollars.
        amounts: How many amounts it rests on.
        completed: How many of them are filled in.
        assumed_share: The share of the money that rests on assumptions.
        assumptions: Which, by id.
        loops: The largest loops on it.
        efficiency: What goes round of what could at most; none where nothing could.
        last_year: The share of the same days a year earlier.
        at_random: The share if the same parties paid each other at random.
    """

    footing: str
    circulation: float
    total: float
    share: float
    share_range: Range
    circulation_range: Range
    total_range: Range
    amounts: int
    completed: int
    assumed_share: float
    assumptions: tuple[str, ...]
    loops: Table[Loop]
    efficiency: float | None = None
    last_year: Range | None = None
    at_random: float | None = None


@dataclass(frozen=True)
class Swing:
    """How far one open question moves the share.

    Attributes:
        what: The question, in words.
        payer: Who would pay.
        payee: Who would be paid.
        footing: On which footing.
        low: The least share.
        high: The most.
        disputed: Whether tellers contradict each other.
        evidence: The rows of the book behind it.
        deal: The deal, if it is one.
        title: Its title.
    """

    what: str
    payer: str
    payee: str
    footing: str
    low: float
    high: float
    disputed: bool
    evidence: tuple[str, ...]
    deal: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Deal:
    """A deal as it stands.

    Attributes:
        id: The deal.
        title: What it is.
        kind: ``services``, ``loan``, ``equity``, …
        payer: Who pays.
        payee: Who is paid.
        in_force: Whether it is.
        amount: What is told of the amount, in words.
        disputed: Whether tellers contradict each other.
        claims: The claims about it, by id.
        status: How far it is: ``announced``, ``active``, …
        level: What the amount is: ``headline``, ``committed``, …
        low: The least, in its currency.
        high: The most.
        currency: Its currency.
    """

    id: str
    title: str
    kind: str
    payer: str
    payee: str
    in_force: bool
    amount: str
    disputed: bool
    claims: tuple[str, ...]
    status: str | None = None
    level: str | None = None
    low: float | None = None
    high: float | None = None
    currency: str | None = None


@dataclass(frozen=True)
class LeftOut:
    """Deals that carry no money here, for one reason.

    Attributes:
        reason: The reason, as one word.
        explanation: The reason in words.
        deals: Which deals.
        money: The most they could have carried, in dollars, as far as that is told.
    """

    reason: str
    explanation: str
    deals: tuple[str, ...]
    money: float


@dataclass(frozen=True)
class Gap:
    """Figures of a party that nobody reported.

    Attributes:
        party: The party.
        unknown: Which figures.
    """

    party: str
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Split:
    """Where dollars began, as shares of 1.

    Attributes:
        buyers: With those who bought something.
        funders: With those who fund: investors, lenders, own reserves.
        undisclosed: Nobody says.
    """

    buyers: float
    funders: float
    undisclosed: float


@dataclass(frozen=True)
class RealDollarsLine:
    """Whose money a group of parties lives on.

    Attributes:
        group: ``sector``, ``lab`` or ``neocloud``.
        parties: How many are in it.
        entered: Dollars that enter it from outside.
        direct: Where those began.
        looked_through: Where all it takes in began, followed back through others inside.
    """

    group: str
    parties: int
    entered: float
    direct: Split | None = None
    looked_through: Split | None = None


@dataclass(frozen=True)
class RealDollars:
    """Whether buyers or funders pay for it all.

    Attributes:
        lines: A line a group.
    """

    lines: Table[RealDollarsLine]


@dataclass(frozen=True)
class Report(Answer):
    """How closed an economy is, through which loops, and whose money it is.

    Attributes:
        header: What was asked.
        footings: How much goes round, by how well it is known.
        swings: What moves the share most.
        loops: The largest loops.
        loop_count: How many there are.
        loops_complete: Whether all were counted.
        parties: Whose money each party lives on.
        measures: All measures of the same network by their technical names.
        real_dollars: Whether buyers or funders pay for it.
        disputes: What tellers disagree about.
        left_out: What carries no money here, and why.
        gaps: What nobody reported.
        names: What each party is called, by id.
    """

    header: Header
    footings: Table[Footing]
    swings: Table[Swing]
    loops: Table[Loop]
    loop_count: int
    loops_complete: bool
    parties: Table[PartyLine]
    measures: Mapping[str, object]
    real_dollars: RealDollars
    disputes: Table[Deal]
    left_out: Table[LeftOut]
    gaps: Table[Gap]
    names: Mapping[str, str]

    def picture(self, kind: str = "sankey") -> Picture:
        """The same question as a drawing; the program is asked again.

        Args:
            kind: ``sankey``, ``chord``, ``network``, ``timeline``, ``provenance`` or ``panel``.

        Raises:
            OuroError: The program could not draw it.
        """
        _, book, *question = self.command
        if "--samples" in question:
            place = question.index("--samples")
            del question[place : place + 2]
        return Picture(run("draw", kind, book, *question, "-o", "-").data)

    def _repr_svg_(self) -> str:
        """Who pays whom, for a notebook."""
        return self.picture().svg

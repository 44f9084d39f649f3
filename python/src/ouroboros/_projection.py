"""Cash ahead, month by month on many paths."""

from __future__ import annotations

from dataclasses import dataclass, field

from ._answer import Answer
from ._pictures import Picture
from ._program import run
from ._tables import Table


@dataclass(frozen=True)
class Parameters:
    """What a run was made of.

    Attributes:
        version: The program's version.
        inputs: The hash of all that went in.
        book: The book.
        book_hash: The hash that stands for its contents.
        scenario: The scenario's file.
        name: The scenario's name.
        as_of: The day the book is known on.
        told_by: Whose word counts.
        policy: What is admitted.
        months: The months, YYYY-MM.
        seed: Where chance begins.
        paths: How many paths.
    """

    version: str
    inputs: str
    book: str
    book_hash: str
    scenario: str
    name: str
    as_of: str
    told_by: tuple[str, ...]
    policy: str
    months: tuple[str, ...]
    seed: int
    paths: int


@dataclass(frozen=True)
class CashBand:
    """Cash of a party at the end of a month, over the paths.

    Attributes:
        month: YYYY-MM.
        p05: Dollars that one path in twenty stays below.
        p25: One in four.
        p50: Half of them.
        p75: Three in four.
        p95: Nineteen in twenty.
        failed: The share of paths on which it has failed by then.
    """

    month: str
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float
    failed: float


@dataclass(frozen=True)
class ProjectedParty:
    """What becomes of a party.

    Attributes:
        id: The party.
        cash: A line a month.
        fails: The share of paths on which it fails.
        fails_first: The share on which it is the first.
        fails_by: The month by which half of its failures have come.
        owed_at_failure: Dollars it owes when it fails, on average.
        recovery: The share of that which is paid all the same.
    """

    id: str
    cash: Table[CashBand]
    fails: float
    fails_first: float
    fails_by: str | None = None
    owed_at_failure: float | None = None
    recovery: float | None = None


@dataclass(frozen=True)
class Loss:
    """What a party loses on the average path.

    Attributes:
        party: The party, or ``outside``.
        amount: Dollars.
    """

    party: str
    amount: float


@dataclass(frozen=True)
class LoopBand:
    """The closed-loop share of a year, over the paths.

    Attributes:
        period: From month to month.
        p05: The share that one path in twenty stays below.
        p25: One in four.
        p50: Half of them.
        p75: Three in four.
        p95: Nineteen in twenty.
    """

    period: str
    p05: float
    p25: float
    p50: float
    p75: float
    p95: float


@dataclass(frozen=True)
class ProjectionResult:
    """What the paths say together.

    Attributes:
        paths: How many there are.
        somebody_fails: The share of them on which somebody fails.
        loss_mean: Dollars of bills and debt not paid, on average.
        loss_median: On the middle path.
        loss95: What nineteen paths in twenty stay below.
        expected_shortfall: The average of the worst twentieth.
        parties: A line a party whose cash is known.
        losses: Who bears the losses.
        closed_loop: The closed-loop share, a line a year.
    """

    paths: int
    somebody_fails: float
    loss_mean: float
    loss_median: float
    loss95: float
    expected_shortfall: float
    parties: Table[ProjectedParty]
    losses: Table[Loss]
    closed_loop: Table[LoopBand]


@dataclass(frozen=True)
class Assumption:
    """A figure that the answer rests on.

    Attributes:
        subject: What it is of.
        words: What it says.
        because: Why.
        evidence: The rows of the book behind it.
    """

    subject: str
    words: str
    because: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class MissingFigures:
    """Figures that neither the book nor the scenario has.

    Attributes:
        party: Of whom.
        figures: Which.
        consequence: What the answer does without them.
    """

    party: str
    figures: tuple[str, ...]
    consequence: str


@dataclass(frozen=True)
class Projection(Answer):
    """Cash month by month on many paths: bands, who fails when, what is lost.

    Attributes:
        parameters: What it was made of; the same give the same bits.
        result: What the paths say together; none of a part of a run.
        assumptions: What it rests on.
        missing: What it does without.
    """

    parameters: Parameters
    assumptions: Table[Assumption]
    missing: Table[MissingFigures]
    result: ProjectionResult | None = None
    run_file: str | None = field(default=None, kw_only=True, compare=False)

    def picture(self, kind: str = "fan", focus: str | None = None) -> Picture:
        """The run as a drawing.

        Args:
            kind: ``fan`` (the closed loop, or the cash of one party) or ``tornado``.
            focus: The party whose cash to draw.

        Raises:
            ValueError: The run was not kept in a file: say ``run_file`` when projecting.
            OuroError: The program could not draw it.
        """
        if self.run_file is None:
            raise ValueError("the run is in no file; ask for one with run_file")
        party = ["--focus", focus] if focus is not None else []
        return Picture(run("draw", kind, self.run_file, *party, "-o", "-").data)

    def _repr_svg_(self) -> str | None:
        """The closed loop over the years, for a notebook; nothing where no file keeps the run."""
        return self.picture().svg if self.run_file is not None else None

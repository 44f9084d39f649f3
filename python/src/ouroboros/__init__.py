"""Who pays whom, who says so, and how much of it comes back around.

The module asks the program ``ouro``, which the wheel carries, and gives its answers as typed values: dataclasses whose
tables become data frames, and drawings that a notebook shows. Amounts are in dollars or in the unit of what was given,
shares from 0 to 1, parties by id. What cannot be had is ``None``, never zero. An error is an :class:`OuroError` with the
program's sentence. Nothing is worked out here.
"""

from importlib import metadata as _metadata

from ._answer import Answer
from ._book import Book, Choice, Drawing, Measure, MeasureName, Question, measure
from ._edges import Edge, Frame
from ._errors import (
    CouldNotWriteError,
    DataError,
    NoInputError,
    NoProgramError,
    OuroError,
    UnknownAnswerError,
    UsageError,
)
from ._flows import Flow, Flows, Loop, Loops, PartyRange, Range
from ._measures import (
    Closure,
    Concentration,
    Cycle,
    Cycles,
    Cycling,
    CyclingParty,
    Gain,
    PartyPotential,
    Potential,
    Provenance,
    ProvenanceParty,
)
from ._options import PaymentOptions
from ._pictures import Picture
from ._program import ask, demo, program
from ._projection import (
    Assumption,
    CashBand,
    LoopBand,
    Loss,
    MissingFigures,
    Parameters,
    ProjectedParty,
    Projection,
    ProjectionResult,
)
from ._report import (
    Deal,
    Footing,
    Gap,
    Header,
    LeftOut,
    RealDollars,
    RealDollarsLine,
    Report,
    Split,
    Swing,
)
from ._scan import BusyParty, FoundLoop, Payment, PaymentLoop, Scan, ScanOptions, scan, scan_loops
from ._tables import Table
from ._trace import Branch, PartyLine, Share, Trace

__version__ = _metadata.version("ouroboros")

__all__ = [
    "Answer",
    "Assumption",
    "Book",
    "Branch",
    "BusyParty",
    "CashBand",
    "Choice",
    "Closure",
    "Concentration",
    "CouldNotWriteError",
    "Cycle",
    "Cycles",
    "Cycling",
    "CyclingParty",
    "DataError",
    "Deal",
    "Drawing",
    "Edge",
    "Flow",
    "Flows",
    "Footing",
    "FoundLoop",
    "Frame",
    "Gain",
    "Gap",
    "Header",
    "LeftOut",
    "Loop",
    "LoopBand",
    "Loops",
    "Loss",
    "Measure",
    "MeasureName",
    "MissingFigures",
    "NoInputError",
    "NoProgramError",
    "OuroError",
    "Parameters",
    "PartyLine",
    "PartyPotential",
    "PartyRange",
    "Payment",
    "PaymentLoop",
    "PaymentOptions",
    "Picture",
    "Potential",
    "ProjectedParty",
    "Projection",
    "ProjectionResult",
    "Provenance",
    "ProvenanceParty",
    "Question",
    "Range",
    "RealDollars",
    "RealDollarsLine",
    "Report",
    "Scan",
    "ScanOptions",
    "Share",
    "Split",
    "Swing",
    "Table",
    "Trace",
    "UnknownAnswerError",
    "UsageError",
    "ask",
    "demo",
    "measure",
    "program",
    "scan",
    "scan_loops",
]

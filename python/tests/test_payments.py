"""Scans and measures take files, frames and rows alike, and long answers stream."""

from __future__ import annotations

import itertools
import os
import resource
from decimal import Decimal
from pathlib import Path

import pandas
import polars
import pytest

from ouroboros import DataError, Edge, NoInputError, UsageError, measure, scan, scan_loops

RING: list[Edge] = [("a", "b", 10), ("b", "c", 6), ("c", "a", 4), ("a", "d", 5)]


def test_four_of_twenty_five_go_round_three_times() -> None:
    """By hand: the ring carries 4 on each of its three flows, 12 of the 25 that are paid."""
    closure = measure(RING)
    assert (closure.total, closure.circulation) == (25, 12)
    assert closure.share == pytest.approx(12 / 25)
    assert {party.id: party.high for party in closure.parties} == {"a": 4, "b": 4, "c": 4, "d": 0}
    cycles = measure(RING, "cycles")
    assert (cycles.count, cycles.complete, cycles.by_length) == (1, True, {"3": 1})
    assert (cycles.top[0].bottleneck, cycles.top[0].total) == (4, 20)
    assert "48.0 %" in closure.text()


def test_files_frames_and_rows_are_the_same_network(tmp_path: Path) -> None:
    columns = {"from": [row[0] for row in RING], "to": [row[1] for row in RING], "weight": [row[2] for row in RING]}
    file = tmp_path / "edges.csv"
    pandas.DataFrame(columns).to_csv(file, index=False)
    expected = measure(RING)
    assert measure(file) == expected
    assert measure(str(file)) == expected
    assert measure(pandas.DataFrame(columns)) == expected
    assert measure(polars.DataFrame(columns)) == expected
    assert measure(row for row in RING) == expected


def test_a_scan_finds_the_shipped_ring(folder: Path) -> None:
    found = scan(folder / "payments" / "year.csv", within="2d", tolerance="5%", allow_ties=True)
    assert found.payments == 2000
    assert found.within == 2 * 86_400
    assert found.by_length["4"] == 1
    ring = next(loop for loop in found.largest if len(loop.parties) == 4)
    times = [payment.time for payment in ring.payments]
    assert times == sorted(times)
    assert ring.bottleneck == min(payment.amount for payment in ring.payments)


def test_frames_of_payments_are_scanned() -> None:
    rows = {
        "payer": ["a", "b"],
        "payee": ["b", "a"],
        "amount": [5.25, 4.75],
        "time": ["2026-01-01T08:00:00Z", "2026-01-02T08:00:00Z"],
    }
    for frame in (pandas.DataFrame(rows), polars.DataFrame(rows)):
        assert scan(frame).count == 1
        assert scan(frame, within="1h").count == 0
        (loop,) = scan_loops(frame)
        assert loop.parties == ("a", "b")
        assert loop.amounts == (Decimal("5.25"), Decimal("4.75"))
        assert loop.lines == (2, 3)


def test_payments_are_read_as_told(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("von;an;betrag;tag;art\na;b;1.000,50;03.04.2026;x\na;b;9,00;03.04.2026;y\n")
    second.write_text("von;an;betrag;tag;art\nb;a;900,50;04.05.2026;x\n")
    found = scan(
        [first, str(second)],
        within="60d",
        payer="von",
        payee="an",
        amount="betrag",
        time="tag",
        day_order="DMY",
        decimal="comma",
        where=["art=x"],
        round=False,
        allow_ties=False,
    )
    assert (found.payments, found.count) == (2, 1)
    (loop,) = found.largest
    assert (loop.bottleneck, loop.total) == (900.5, 1901.0)
    assert [payment.time for payment in loop.payments] == ["2026-04-03", "2026-05-04"]
    netted = measure(first, payer="von", payee="an", amount="betrag", time="tag", day_order="DMY", where=["art=x"])
    assert (netted.total, netted.circulation) == (1000.5, 0)


def test_a_million_loops_stream(tmp_path: Path) -> None:
    """A thousand payments there, then a thousand back: each pair of them is a loop."""
    file = tmp_path / "payments.csv"
    with file.open("w") as text:
        text.write("payer,payee,amount,time\n")
        for second in range(1_000):
            text.write(f"a,b,1.00,2026-01-01T00:{second // 60:02}:{second % 60:02}Z\n")
        for second in range(1_000):
            text.write(f"b,a,1.00,2026-01-01T01:{second // 60:02}:{second % 60:02}Z\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = sum(1 for loop in scan_loops(file, within="1d") if len(loop.parties) == 2)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert count == 1_000_000
    assert grown < 50_000, f"{grown} kB"


def test_a_stream_that_is_left_ends_the_program(folder: Path) -> None:
    loops = scan_loops(folder / "payments" / "year.csv", within="30d")
    assert len(list(itertools.islice(loops, 3))) == 3
    loops.close()  # type: ignore[attr-defined]
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    assert children == []


def test_errors_have_the_programs_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoInputError, match="no such file"):
        scan(tmp_path / "nothing.csv")
    with pytest.raises(NoInputError, match="no such file"):
        next(scan_loops(tmp_path / "nothing.csv"))
    with pytest.raises(DataError, match="-:3, column weight"):
        measure([("a", "b", 1), ("a", "b", -1)])
    with pytest.raises(UsageError, match="within"):
        scan(tmp_path / "nothing.csv", within="soon")

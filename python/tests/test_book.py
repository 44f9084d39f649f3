"""What is asked of a book comes back as the program says it."""

from __future__ import annotations

import datetime
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import ouroboros
from ouroboros import Book, DataError, NoInputError, Range, UsageError, program


def printed(*arguments: str) -> Any:
    """What the program prints, read without the module."""
    return json.loads(subprocess.run([program(), *arguments, "--json"], check=True, capture_output=True).stdout)


def test_report_is_what_the_program_prints(book: Book) -> None:
    report = book.report(samples=20)
    told = printed("report", book.path, "--samples", "20")
    assert report.json == told
    assert report.header.book == "ai-economy"
    assert [footing.share for footing in report.footings] == [footing["share"] for footing in told["footings"]]
    first = report.footings[0]
    assert first.share_range == Range(**told["footings"][0]["share_range"])
    assert report.names["openai"] == "OpenAI Group PBC"
    assert len(report.parties) == len(told["parties"]) > 10
    assert report.real_dollars.lines[0].group == "sector"
    assert {deal.id for deal in report.disputes} == {deal["id"] for deal in told["disputes"]}


def test_a_question_reaches_the_program(book: Book) -> None:
    day = datetime.date(2025, 3, 31)
    report = book.report(samples=2, as_of=day, told_by=["press"], policy="generous", period="2024", unconsolidated=True)
    assert report.header.as_of == "2025-03-31"
    assert report.header.told_by == ("press",)
    assert (report.header.policy, report.header.period) == ("generous", "2024")
    assert report.command[-1] == "--unconsolidated"
    assert report.text() == subprocess.run([program(), *report.command], capture_output=True, text=True).stdout
    assert book.report(samples=2, told_by="press", unconsolidated=False).header.told_by == ("press",)


def test_flows_cite_the_rows_behind_them(book: Book) -> None:
    flows = book.flows(period="2025")
    assert flows.period == "2025"
    rows = {row["id"] for table in printed_rows(book).values() for row in table}
    cited = [flow for flow in flows.flows if flow.evidence]
    assert len(cited) > 30
    assert all(set(flow.evidence) <= rows for flow in cited if "completion-outside-weight" not in flow.evidence)
    of_one = book.flows(party="coreweave", period="2025").flows
    assert 0 < len(of_one) < len(flows.flows)
    assert all("coreweave" in (flow.payer, flow.payee) for flow in of_one)


def printed_rows(book: Book) -> dict[str, list[dict[str, Any]]]:
    told = subprocess.run([program(), "export", book.path, "--format", "json"], check=True, capture_output=True)
    rows: dict[str, list[dict[str, Any]]] = json.loads(told.stdout)
    return rows


def test_each_payment_of_a_loop_goes_on_to_the_next(book: Book) -> None:
    loops = book.loops(period="2025", top=3)
    assert loops.complete
    assert loops.count == sum(loops.by_length.values())
    assert 0 < len(loops.loops) <= 3
    for loop in loops.loops:
        assert tuple(payment.payer for payment in loop.payments) == loop.parties
        assert tuple(payment.payee for payment in loop.payments) == loop.parties[1:] + loop.parties[:1]
        assert loop.bottleneck == min(payment.worked for payment in loop.payments)


def test_trace_goes_back_payer_by_payer(book: Book) -> None:
    trace = book.trace("CoreWeave", depth=2)
    assert trace.party == "coreweave"
    assert trace.line is not None
    assert all(0 <= branch.share <= 1 for branch in trace.payers)
    assert any(branch.payers for branch in trace.payers)
    assert all(not deep.payers for branch in trace.payers for deep in branch.payers)


def test_a_projection_keeps_its_bands_in_order(book: Book, folder: Path, tmp_path: Path) -> None:
    scenario = folder / "scenarios" / "baseline.yaml"
    run = book.project(scenario, paths=50, months=24, run_file=tmp_path / "run.json")
    assert run.parameters.paths == 50
    assert len(run.parameters.months) == 24
    assert run.result is not None
    for party in run.result.parties:
        assert len(party.cash) == 24
        assert all(band.p05 <= band.p25 <= band.p50 <= band.p75 <= band.p95 for band in party.cash)
    assert run.assumptions[0].subject
    again = book.project(scenario, paths=50, months=24, threads=1)
    assert again.result == run.result
    svg = run._repr_svg_()
    assert svg is not None and svg.startswith("<svg")
    assert run.picture(focus="coreweave").svg != svg
    assert again._repr_svg_() is None
    with pytest.raises(ValueError, match="run_file"):
        again.picture()


def test_drawings_show_in_a_notebook(book: Book, tmp_path: Path) -> None:
    picture = book.draw("sankey", period="2025", loop=1)
    assert picture._repr_svg_().startswith("<svg")
    assert picture.save(tmp_path / "flows.svg").read_text(encoding="utf-8") == picture.svg
    report = book.report(samples=2, period="2025")
    assert report._repr_svg_() == book.draw(period="2025").svg
    assert "Nvidia" in book.draw("provenance", top=5).svg


def test_measures_of_a_book(book: Book) -> None:
    closure = book.measure(period="2025")
    assert closure.share == pytest.approx(closure.circulation / closure.total)
    assert book.measure("cycles", period="2025").count == book.loops(period="2025").count
    assert book.measure("cycling").finn is not None
    assert 0 < (book.measure("concentration").hhi or 0) < 1
    assert book.measure("gain").low <= book.measure("gain").high
    assert sum(share.share for share in book.measure("provenance").parties[0].origins) <= 1.000001
    assert book.measure("potential").weighting == "flow"


def test_whatever_else_is_asked_comes_as_json(book: Book) -> None:
    rows = book.ask("show", "c217")["rows"]
    assert rows[0]["id"] == "c217"


def test_errors_have_the_programs_sentence(book: Book, tmp_path: Path) -> None:
    with pytest.raises(NoInputError, match="nothing.ouro: there is no such file") as missing:
        Book(tmp_path / "nothing.ouro").report()
    assert missing.value.code == 66
    assert missing.value.command[0] == "report"
    with pytest.raises(DataError, match="there is no party nobody") as unknown:
        book.trace("nobody")
    assert unknown.value.sentence == str(unknown.value)
    with pytest.raises(UsageError, match="--samples takes 1 to 100000"):
        book.report(samples=0)
    with pytest.raises(ouroboros.OuroError):
        book.ask("no-such-command")


def test_a_book_is_read_anew_each_time(book: Book, tmp_path: Path) -> None:
    subprocess.run([program(), "import", book.path, tmp_path / "market.ouro"], check=True, capture_output=True)
    market = Book(tmp_path / "market.ouro")
    before = market.report(samples=2).header.head
    retract = [program(), "retract", market.path, "facts", "f553", "--reason", "a test"]
    subprocess.run(retract, check=True, capture_output=True)
    assert market.report(samples=2).header.head != before
    assert repr(market) == f"Book({market.path!r})"

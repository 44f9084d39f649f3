"""The workbooks that the program writes, read by another's reader."""

from __future__ import annotations

import csv
import datetime
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from ouroboros import Book, program

ECONOMY = "ai-economy"

# What is asked, its input in the folder of the shipped book, and the sheets that must be there beside the first.
COMMANDS: list[tuple[list[str], list[str]]] = [
    (["report", ECONOMY, "--samples", "10"], ["How much goes round", "Loops", "Payments on loops", "Whose money"]),
    (["deals", ECONOMY], ["Deals"]),
    (["deals", ECONOMY, "--flows"], ["Flows"]),
    (["deals", ECONOMY, "--left-out"], ["Left out"]),
    (["loops", ECONOMY], ["Loops", "Payments on loops"]),
    (["trace", ECONOMY, "coreweave"], ["Whose money", "Began with"]),
    (["trend", ECONOMY, "--samples", "5", "--period", "2025"], ["Trend", "Real dollars"]),
    (["party", ECONOMY, "coreweave"], ["Flows", "Deals", "Facts"]),
    (["disputes", ECONOMY], ["Disputes", "All that was said"]),
    (["project", ECONOMY, "scenarios/baseline.yaml", "--paths", "50"], ["Who fails", "Cash", "Assumptions"]),
]

PAYMENT_COMMANDS: list[tuple[list[str], list[str]]] = [
    (["scan", "year.csv", "--within", "2d"], ["Loops", "Payments on loops", "Busiest"]),
    (["scan", "year.csv", "--within", "2d", "--split"], ["Returns", "Payments of returns"]),
    (["sum", "year.csv", "--by", "month"], ["Sums", "Payments", "Parties"]),
    (["export", "year.csv"], ["Payments", "Parties"]),
]


def written(arguments: list[str], folder: Path, into: Path) -> Workbook:
    """The workbook that a command writes."""
    path = into / "tables.xlsx"
    subprocess.run([program(), *arguments, "--xlsx", str(path)], check=True, capture_output=True, cwd=folder)
    with zipfile.ZipFile(path) as parts:
        # A live formula is an element <f> of a sheet.
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets and not any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in sheets)
    return load_workbook(path)


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet by its header."""
    header, *rest = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rest]


def question(book: Workbook) -> dict[str, str]:
    """What the first sheet says of the question."""
    return {str(row["what"]): str(row["said"]) for row in rows(book, book.sheetnames[0])}


@pytest.mark.parametrize(("arguments", "sheets"), COMMANDS, ids=lambda value: "-".join(value[:3]))
def test_answers_of_a_book_open(arguments: list[str], sheets: list[str], folder: Path, tmp_path: Path) -> None:
    book = written(arguments, folder, tmp_path)
    assert book.sheetnames[0] == "Question"
    assert book.sheetnames[1 : 1 + len(sheets)] == sheets or set(sheets) <= set(book.sheetnames)
    assert book.sheetnames[-2:] == ["Rows cited", "Sources"]
    asked = question(book)
    assert asked["asked"].startswith(f"ouro {arguments[0]} {ECONOMY}")
    assert len(asked["book head"]) == 64
    assert datetime.date.fromisoformat(asked["as known on"])
    for sheet in book:
        assert sheet.freeze_panes == "A2"
    sources = {row["source"] for row in rows(book, "Sources")}
    cited = rows(book, "Rows cited")
    assert {row["source"] for row in cited} - {None} == sources
    # Every id that a table cites is told on the sheet of rows.
    told = {row["row"] for row in cited}
    for name in sheets:
        for row in rows(book, name):
            assert set((row.get("rests on") or "").split()) <= told


@pytest.mark.parametrize(("arguments", "sheets"), PAYMENT_COMMANDS, ids=lambda value: "-".join(value[:4]))
def test_answers_of_payments_open(arguments: list[str], sheets: list[str], folder: Path, tmp_path: Path) -> None:
    book = written(arguments, folder / "payments", tmp_path)
    assert set(sheets) <= set(book.sheetnames)
    asked = question(book)
    assert asked["file"] == "year.csv"
    assert len(asked["its SHA-256"]) == 64


def test_figures_are_those_of_the_answer(book: Book, folder: Path, tmp_path: Path) -> None:
    told = subprocess.run([program(), "loops", book.path, "--json"], check=True, capture_output=True).stdout
    loops = json.loads(told)["loops"]
    sheet = rows(written(["loops", ECONOMY], folder, tmp_path), "Loops")
    assert len(sheet) == len(loops) > 0
    for row, loop in zip(sheet, loops, strict=True):
        assert isinstance(row["goes round, dollars"], int | float)
        assert row["goes round, dollars"] == pytest.approx(loop["bottleneck"], rel=1e-14)
        assert row["disputed"] is loop["disputed"]


def test_flows_have_grades_and_evidence_in_columns(folder: Path, tmp_path: Path) -> None:
    flows = rows(written(["deals", ECONOMY, "--flows"], folder, tmp_path), "Flows")
    grades = [name for name in flows[0] if name.startswith("of it ")]
    assert len(grades) == 7
    whole = [row for row in flows if row["dollars"] is not None and row["at least"] == row["at most"] == row["dollars"]]
    assert whole
    for row in whole:
        parts = [row[name] for name in grades if row[name] is not None]
        assert sum(parts) == pytest.approx(row["dollars"], rel=1e-9)


def test_a_books_own_words_never_run(tmp_path: Path) -> None:
    """A name that begins as a formula stays words, in the workbook and in CSV."""
    payments = tmp_path / "payments.csv"
    payments.write_text('payer,payee,amount,date\n"\'=HYPERLINK(""x"")",bob,1.50,2025-01-01\nbob,+ann,0.07,2025-01-02\n')
    book = written(["export", str(payments)], tmp_path, tmp_path)
    first, second = rows(book, "Payments")
    assert first["payer"] == '=HYPERLINK("x")'
    assert book["Payments"]["D2"].data_type == "s"
    assert second["payee"] == "+ann"
    assert (first["amount"], second["amount"]) == (1.5, 0.07)
    assert first["time"] == datetime.datetime(2025, 1, 1)
    assert (first["line"], second["line"]) == (2, 3)
    assert {row["party"]: row["paid"] for row in rows(book, "Parties")} == {
        '=HYPERLINK("x")': 1.5, "bob": 0.07, "+ann": 0,
    }


def test_the_rows_of_a_book_are_typed(book: Book, folder: Path, tmp_path: Path) -> None:
    told = subprocess.run([program(), "export", book.path, "--format", "json"], check=True, capture_output=True).stdout
    tables: dict[str, list[dict[str, str]]] = json.loads(told)
    sheets = written(["export", ECONOMY], folder, tmp_path)
    assert sheets.sheetnames == ["Question", "parties", "sources", "deals", "claims", "facts", "assumptions"]
    for name, table in tables.items():
        assert [row["id"] for row in rows(sheets, name)] == [row["id"] for row in table]
    for cells, row in zip(tables["claims"], rows(sheets, "claims"), strict=True):
        assert row["low"] == (float(cells["low"]) if cells["low"] else None)
        day = cells["reported"]
        assert row["reported"] == (datetime.datetime.fromisoformat(day) if len(day) == 10 else day or None)


def test_the_main_table_is_csv_too(folder: Path, tmp_path: Path) -> None:
    command = [program(), "deals", ECONOMY, "--flows", "--csv", "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout
    table = list(csv.DictReader(io.StringIO(told)))
    sheet = rows(written(["deals", ECONOMY, "--flows"], folder, tmp_path), "Flows")
    assert [row["payer id"] for row in table] == [row["payer id"] for row in sheet]
    for one, other in zip(table, sheet, strict=True):
        assert bool(one["dollars"]) == (other["dollars"] is not None)
        assert float(one["dollars"] or 0) == pytest.approx(other["dollars"] or 0, rel=1e-14)


def test_the_same_question_has_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "loops.xlsx"
    command = [program(), "loops", ECONOMY, "--xlsx", str(path)]
    contents = []
    for _ in range(2):
        subprocess.run(command, check=True, capture_output=True, cwd=folder)
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]

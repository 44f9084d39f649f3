"""The module itself: tables, decoding, documentation, and that it finds its program."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

import pytest

import ouroboros
from ouroboros import Answer, Book, NoProgramError, Table, UnknownAnswerError
from ouroboros._answer import answer_of
from ouroboros._decode import Mismatch, decoded
from ouroboros._program import Output

SOURCES = sorted(Path(ouroboros.__file__).parent.glob("*.py"))


@dataclass(frozen=True)
class Inner:
    """A part of a line."""

    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """A line."""

    name: str
    range: Inner
    rows: tuple[str, ...]
    from_: int | None = None


LINES = Table([Line("a", Inner(1, 2), ("r1", "r2"), 3), Line("b", Inner(0, 9), ())])


def test_tables_become_frames() -> None:
    assert list(LINES.to_pandas().columns) == ["name", "range_low", "range_high", "rows", "from_"]
    assert LINES.to_pandas()["range_high"].tolist() == [2, 9]
    frame = LINES.to_polars()
    assert frame["rows"].to_list() == [["r1", "r2"], []]
    assert frame["from_"].to_list() == [3, None]
    assert len(Table[Line]().to_pandas()) == len(Table[Line]().to_polars()) == 0


def test_tables_are_sequences() -> None:
    assert (len(LINES), LINES[1].name, [line.name for line in LINES]) == (2, "b", ["a", "b"])
    assert LINES[:1] == Table([LINES[0]])
    assert LINES[:1] != LINES
    assert len({LINES, Table(list(LINES))}) == 1
    assert "<td>r1, r2</td>" in LINES._repr_html_()
    assert "and 5 more" in Table(list(LINES) * 12 + [LINES[0]])._repr_html_()
    assert "&lt;b&gt;" in Table([Line("<b>", Inner(1, 2), ())])._repr_html_()


def test_real_answers_become_frames(book: Book) -> None:
    flows = book.flows(period="2025").flows
    assert len(flows.to_pandas()) == len(flows.to_polars()) == len(flows)
    assert flows.to_polars()["worked"].sum() == pytest.approx(sum(flow.worked for flow in flows))
    report = book.report(samples=2)
    assert "share_range_low" in report.footings.to_pandas().columns
    assert len(report.parties.to_polars()) == len(report.parties)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ([], "Line is no object"),
        ({"name": "a", "rows": []}, "Line has no range"),
        ({"name": 1, "range": {"low": 1, "high": 2}, "rows": []}, "Line.name is 1, not of str"),
        ({"name": "a", "range": {"low": True, "high": 2}, "rows": []}, "Line.range.low is True, not of float"),
        ({"name": "a", "range": {"low": 1, "high": 2}, "rows": "r1"}, "Line.rows is no list"),
    ],
)
def test_what_does_not_fit_is_refused(value: object, fault: str) -> None:
    with pytest.raises(Mismatch, match=re.escape(fault)):
        decoded(Line, value)


def test_what_is_new_is_passed_over() -> None:
    value = {"name": "a", "range": {"low": 1, "high": 2, "new": 1}, "rows": ["r"], "from": 4, "new": []}
    assert decoded(Line, value) == Line("a", Inner(1.0, 2.0), ("r",), 4)


def test_other_versions_are_named() -> None:
    with pytest.raises(UnknownAnswerError, match="different versions: Flows has no as_of"):
        answer_of(ouroboros.Flows, Output("{}", "", ("deals",)))
    with pytest.raises(UnknownAnswerError, match="no JSON"):
        answer_of(ouroboros.Flows, Output("Flows", "", ("deals",)))


def test_the_program_is_of_the_modules_version() -> None:
    told = subprocess.run([ouroboros.program(), "--version"], check=True, capture_output=True, text=True).stdout
    assert told.startswith(f"ouro {ouroboros.__version__}, ")


def test_without_a_program_it_says_where_it_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OURO", "/nowhere/ouro")
    with pytest.raises(NoProgramError, match="there is no program at /nowhere/ouro"):
        ouroboros.program()


def test_the_command_is_the_program() -> None:
    command = Path(sys.executable).parent / "ouro"
    told = subprocess.run([command, "--version"], check=True, capture_output=True).stdout
    assert told == subprocess.run([ouroboros.program(), "--version"], check=True, capture_output=True).stdout
    wrong = subprocess.run([command, "report", "/nowhere"], check=False, capture_output=True, text=True)
    assert (wrong.returncode, wrong.stdout) == (66, "")
    lost = subprocess.run([command], env={**os.environ, "OURO": "/nowhere"}, check=False, capture_output=True, text=True)
    assert (lost.returncode, lost.stderr) == (1, "ouro: there is no program at /nowhere; OURO can name one\n")


def test_frames_need_not_be_installed() -> None:
    code = "import sys; sys.modules['pandas'] = sys.modules['polars'] = None; import ouroboros; ouroboros.Table().to_pandas()"
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert "ouroboros/_tables.py" in ended.stderr
    assert "ModuleNotFoundError" in ended.stderr


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_everything_public_is_documented(source: Path) -> None:
    """Functions name their parameters and errors, classes each of their fields."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            assert ast.get_docstring(node), node.name
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            if any("overload" in ast.unparse(decorator) for decorator in node.decorator_list):
                continue
            text = ast.get_docstring(node)
            assert text, node.name
            named = [a.arg for a in [*node.args.args, *node.args.kwonlyargs] if a.arg not in ("self", "index")]
            assert all(f"{name}:" in text for name in named), node.name


def test_every_field_of_an_answer_is_explained() -> None:
    kinds = [kind for kind in vars(ouroboros).values() if inspect.isclass(kind) and is_dataclass(kind)]
    assert len(kinds) > 30
    common = {field.name for field in fields(Answer)} | {"run_file"}
    for kind in kinds:
        text = inspect.getdoc(kind) or ""
        missing = [f.name for f in fields(kind) if f"{f.name}: " not in text and f.name not in common]
        assert not missing, f"{kind.__name__}: {missing}"


def test_no_analysis_is_done_here() -> None:
    """The module imports nothing that computes: the standard library's plumbing, and frames to hand answers to."""
    allowed = {
        "__future__", "collections", "csv", "dataclasses", "datetime", "decimal", "functools", "html", "importlib", "io",
        "json", "os", "pandas", "pathlib", "polars", "shutil", "subprocess", "sys", "tempfile", "types", "typing",
    }  # fmt: skip
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= allowed
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                assert (node.module or "").split(".")[0] in allowed

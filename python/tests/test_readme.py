"""The Python that the READMEs show runs, and prints what it seems to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["README.md", "python/README.md"])
def test_what_is_shown_runs(name: str, tmp_path: Path) -> None:
    shown = (ROOT / name).read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    # Where a program of the sources looks for the shipped book.
    (tmp_path / "Examples").symlink_to(ROOT / "Examples")
    ended = subprocess.run([sys.executable, "-c", shown], check=False, capture_output=True, text=True, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("known ")
    assert (tmp_path / "ouro-demo" / "ai-economy" / "claims.csv").exists()

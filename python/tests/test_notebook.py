"""The notebook of Examples runs in an empty folder, and says what it is shown to say.

With ``UPDATE_GOLDEN=1`` its present output is put into it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

STORY = Path(__file__).parents[2] / "Examples" / "story.ipynb"


def said(notebook: Any) -> list[str]:
    """What each cell says in plain text, and which of them shows a picture."""
    lines: list[str] = []
    for cell in notebook.cells:
        streamed = ""
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if output.output_type == "stream":
                # What a cell prints arrives in one message or in several.
                streamed += output.get("text", "")
            else:
                lines.append("a picture" if "image/svg+xml" in data else data.get("text/plain", ""))
        if streamed:
            lines.append(streamed)
    return lines


def settled(notebook: Any) -> None:
    """Takes out what differs from run to run: when cells ran, and objects that show as pictures."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if "image/svg+xml" in output.get("data", {}):
                output.data["text/plain"] = "a picture"


def test_the_story_runs_and_says_the_same(tmp_path: Path) -> None:
    shown = nbformat.read(STORY, as_version=4)  # type: ignore[no-untyped-call]
    told = nbformat.read(STORY, as_version=4)  # type: ignore[no-untyped-call]
    # Where a program of the sources looks for the shipped book.
    (tmp_path / "Examples").symlink_to(STORY.parent)
    NotebookClient(told, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    settled(told)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        nbformat.write(told, STORY)  # type: ignore[no-untyped-call]
        shown = told
    assert said(told) == said(shown)
    assert said(told).count("a picture") == 3
    assert len([cell for cell in told.cells if cell.cell_type == "code"]) == len([c for c in told.cells if c.get("outputs")])

"""What the tests share: the shipped book, copied by the program under test."""

from __future__ import annotations

from pathlib import Path

import pytest

from ouroboros import Book, demo


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped book, scenarios and payments."""
    return demo(tmp_path_factory.mktemp("shipped") / "demo").parent


@pytest.fixture(scope="session")
def book(folder: Path) -> Book:
    """The shipped book."""
    return Book(folder / "ai-economy")

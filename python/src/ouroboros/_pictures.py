"""Drawings, as a notebook shows them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Picture:
    """A drawing of the program.

    Attributes:
        svg: The drawing as SVG.
    """

    svg: str

    def _repr_svg_(self) -> str:
        """The drawing, for a notebook."""
        return self.svg

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the drawing as an SVG file.

        Args:
            path: The file; one that is there is replaced.

        Returns:
            The file.

        Raises:
            OSError: It could not be written.
        """
        file = Path(path)
        file.write_text(self.svg, encoding="utf-8")
        return file

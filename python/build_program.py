"""Puts the program and the shipped book into the wheel."""

import os
import platform
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("ai-economy", "scenarios", "payments", "reading")


class ProgramHook(BuildHookInterface[Any]):
    """The wheel is of one platform, and holds the program that OURO_PROGRAM names; the sources in place hold none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Says what goes into the wheel, and what it is tagged with.

        Raises:
            ValueError: OURO_PROGRAM names no program.
        """
        if version == "editable":
            return
        program = os.environ.get("OURO_PROGRAM", "")
        if not os.access(program, os.X_OK) or shutil.which(program) is None:
            raise ValueError("OURO_PROGRAM names no program; `make wheel` builds one and names it")
        root = Path(self.root).parent
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-linux_{platform.machine()}"
        build_data["force_include"] = {
            program: "ouroboros/bin/ouro",
            **{str(root / "Examples" / part): f"ouroboros/share/ouro/{part}" for part in SHIPPED},
        }

"""Finding the program, and running it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ._errors import NoProgramError, UnknownAnswerError, error


@dataclass(frozen=True)
class Output:
    """What a command wrote.

    Attributes:
        data: All of its standard output.
        words: All of its standard error.
        command: The arguments it was given.
    """

    data: str
    words: str
    command: tuple[str, ...]

    def json(self) -> Any:
        """The output as a JSON value.

        Raises:
            UnknownAnswerError: It is none.
        """
        try:
            return json.loads(self.data)
        except ValueError:
            raise UnknownAnswerError("the answer is no JSON", 0, self.command) from None


def program() -> str:
    """The path of the program: what ``OURO`` names, else the one in the wheel, else the one on the ``PATH``.

    Raises:
        NoProgramError: There is none in any of the three places.
    """
    named = os.environ.get("OURO")
    packed = Path(__file__).parent / "bin" / "ouro"
    found = named or (str(packed) if packed.exists() else shutil.which("ouro"))
    if found is None or not os.access(found, os.X_OK):
        places = named or f"{packed}, nor is an ouro on the PATH"
        raise NoProgramError(f"there is no program at {places}; OURO can name one", 127, [])
    return found


def run(*arguments: str, text: str | None = None) -> Output:
    """Runs a command to its end.

    Args:
        arguments: The command line after ``ouro``.
        text: What it reads on standard input.

    Raises:
        OuroError: It failed; the error is of the class of its exit code.
    """
    ended = subprocess.run(
        [program(), *arguments],
        input=text or "",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode != 0:
        raise error(ended.returncode, ended.stderr, arguments)
    return Output(ended.stdout, ended.stderr.strip(), arguments)


def stream(arguments: Sequence[str], text: str | None = None) -> Iterator[dict[str, Any]]:
    """The lines of JSON that a command writes, each as it comes; numbers with a point are exact decimals.

    Memory does not grow with their number. The command is ended where its answer is not read to the end.

    Args:
        arguments: The command line after ``ouro``.
        text: What it reads on standard input.

    Raises:
        OuroError: It failed, before or after some lines.
    """
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as words,
        tempfile.TemporaryFile("w+", encoding="utf-8") as given,
    ):
        given.write(text or "")
        given.seek(0)
        running = subprocess.Popen(
            [program(), *arguments],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=words,
            encoding="utf-8",
        )
        try:
            assert running.stdout is not None
            for line in running.stdout:
                yield json.loads(line, parse_float=Decimal)
            code = running.wait()
        finally:
            running.kill()
            running.wait()
            if running.stdout is not None:
                running.stdout.close()
        if code != 0:
            words.seek(0)
            raise error(code, words.read(), arguments)


def ask(*arguments: str) -> Any:
    """The answer of any command as the JSON it prints, for what this module has no class for.

    ``ask("trend", "market.ouro", "--samples", "50")`` is ``ouro trend market.ouro --samples 50 --json``.

    Args:
        arguments: The command line after ``ouro``, without ``--json``.

    Returns:
        Numbers, texts, lists and dictionaries; amounts in dollars, shares from 0 to 1, parties by id.

    Raises:
        OuroError: It failed; the error is of the class of its exit code.
    """
    return run(*arguments, "--json").json()


def demo(folder: str | os.PathLike[str] = "ouro-demo") -> Path:
    """Copies the shipped book, scenarios and payments into a folder, as ``ouro demo`` does.

    Args:
        folder: Where to; made where there is none. Nothing in it is written over.

    Returns:
        The book: the folder ``ai-economy`` in it. Scenarios lie in ``scenarios``, payments in ``payments``.

    Raises:
        CouldNotWriteError: Something else is there already.
        NoInputError: The shipped book is not beside the program.
    """
    run("demo", os.fspath(folder))
    return Path(folder) / "ai-economy"


def main() -> None:
    """The command ``ouro``: becomes the program, with the arguments that were given."""
    try:
        found = program()
    except NoProgramError as missing:
        sys.exit(f"ouro: {missing.sentence}")
    os.execv(found, [found, *sys.argv[1:]])

"""What every answer has beside its figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from ._decode import Mismatch, decoded
from ._errors import UnknownAnswerError
from ._program import Output, run

A = TypeVar("A", bound="Answer")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An answer of the program.

    Attributes:
        json: All of the answer as it was printed, also what no field stands for.
        words: What the program said beside it: how a file was understood, what was left out.
        command: The arguments that asked for it, less ``--json``.
        given: What the program read on standard input, if anything.
    """

    json: dict[str, Any] = field(repr=False, compare=False)
    words: str = field(repr=False, compare=False)
    command: tuple[str, ...] = field(repr=False, compare=False)
    given: str | None = field(default=None, repr=False, compare=False)

    def text(self) -> str:
        """The answer in words, as ``ouro`` prints it; the program is asked again.

        Raises:
            OuroError: What it read is no longer there, or no longer good.
        """
        return run(*self.command, text=self.given).data


def answer(kind: type[A], command: list[str], given: str | None = None) -> A:
    """Asks the program, and makes an answer of what it says.

    Args:
        kind: The class of the answer.
        command: The arguments, without ``--json``.
        given: What the program reads on standard input.

    Raises:
        OuroError: The program refused; the error has its sentence.
        UnknownAnswerError: It answered in a form that the class does not know.
    """
    return answer_of(kind, run(*command, "--json", text=given), given)


def answer_of(kind: type[A], output: Output, given: str | None = None) -> A:
    """An answer made of what a command wrote.

    Args:
        kind: The class of the answer.
        output: What it wrote.
        given: What it read on standard input.

    Raises:
        UnknownAnswerError: It answered in a form that the class does not know.
    """
    value = output.json()
    command = tuple(argument for argument in output.command if argument != "--json")
    try:
        return decoded(kind, value, json=value, words=output.words, command=command, given=given)
    except Mismatch as mismatch:
        sentence = f"the program and the module are of different versions: {mismatch}"
        raise UnknownAnswerError(sentence, 0, output.command) from None

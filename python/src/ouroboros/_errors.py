"""What can go wrong, in the words of the program."""

from __future__ import annotations

from collections.abc import Sequence


class OuroError(Exception):
    """An answer that could not be had.

    Attributes:
        sentence: What is wrong and what to do, as the program says it.
        code: The program's exit code; minus the signal that ended it.
        command: The arguments it was given.
    """

    def __init__(self, sentence: str, code: int, command: Sequence[str]) -> None:
        """Makes the error of a command that ended with a code and a sentence."""
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.command = tuple(command)


class UsageError(OuroError):
    """Something was asked that the program does not take (exit code 64)."""


class DataError(OuroError):
    """The data is wrong; the sentence says where and what to do (exit code 65)."""


class NoInputError(OuroError):
    """There is no such input (exit code 66)."""


class CouldNotWriteError(OuroError):
    """The output could not be written (exit code 74)."""


class NoProgramError(OuroError):
    """There is no program to ask."""


class UnknownAnswerError(OuroError):
    """The program answered in a form that this module does not know: the two are of different versions."""


_BY_CODE: dict[int, type[OuroError]] = {
    64: UsageError,
    65: DataError,
    66: NoInputError,
    74: CouldNotWriteError,
}


def error(code: int, words: str, command: Sequence[str]) -> OuroError:
    """The error of a command that failed.

    Args:
        code: Its exit code.
        words: All it wrote to standard error.
        command: The arguments it was given.
    """
    lines = [line for line in words.split("\n") if line.strip()]
    told = [line.removeprefix("ouro: ") for line in lines if line.startswith("ouro: ")]
    asked = [line.removeprefix("Error: ") for line in lines if line.startswith("Error: ")]
    sentence = (told[-1:] or asked[:1] or lines[-1:] or [f"ouro ended with code {code}"])[0]
    return _BY_CODE.get(code, OuroError)(sentence, code, command)

"""Options, and how the command takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

# Flags that have a word for no; of all others only the truth is said.
_INVERTIBLE = frozenset({"allow_ties"})


class PaymentOptions(TypedDict, total=False):
    """How payments are read, where they do not say it themselves.

    Attributes:
        payer: The column of who pays, by its name or place.
        payee: The column of who is paid.
        amount: The column of amounts.
        time: The column of times.
        time_format: What times that are bare numbers are: ``"seconds"``, ``"YYYYMMDD"``, …
        day_order: The order of day, month and year where dates leave it open.
        decimal: The mark before decimals.
        delimiter: What stands between cells: one character, or ``"tab"``.
        encoding: The encoding.
        account: Whose statement it is, where the file does not say.
        negatives: What amounts below zero mean where two columns say who pays whom.
        where: Keep rows in which a column has a value: ``["KIND=transfer"]``.
        map: A file to read the understanding from, or to write it to where there is none.
        currency: The currency whose rows to read, where there are several.
        rates: What currencies are worth: a file with currency, rate, to and perhaps day.
        aliases: Names that stand for others: a file with alias, party.
        leave_out: Parties whose payments to leave out: a file with one a line.
        digits: How many digits after the point an amount may have.
        round: Whether to round amounts that have more.
        threads: How many threads; the answer is the same for any.
    """

    payer: str
    payee: str
    amount: str
    time: str
    time_format: str
    day_order: Literal["DMY", "MDY", "YMD"]
    decimal: Literal["point", "comma"]
    delimiter: str
    encoding: Literal["UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252", "ISO-8859-15"]
    account: str
    negatives: Literal["refuse", "turn", "ignore-sign"]
    where: list[str]
    map: str
    currency: str
    rates: str
    aliases: str
    leave_out: str
    digits: int
    round: bool
    threads: int


def arguments(options: Mapping[str, object]) -> list[str]:
    """Options as the command takes them: ``max_hops=6`` is ``--max-hops 6``.

    Args:
        options: The options by name; what is ``None`` is not said, a truth is a flag, a list says its option again and
            again.
    """
    words: list[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            words.append(option)
        elif value is False:
            words += [option.replace("--", "--no-", 1)] if name in _INVERTIBLE else []
        elif isinstance(value, list):
            for one in value:
                words += [option, str(one)]
        elif value is not None:
            words += [option, str(value)]
    return words

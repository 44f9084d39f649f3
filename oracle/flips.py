#!/usr/bin/env python3
"""Flips single bits of a book file, and holds `ouro verify` against oracle/verify_book.py.

    python oracle/flips.py path/to/ouro [--networks N] [--seed S]

Of N flips (2,000) anywhere in the file: where either says that the book is intact, it tells the rows that it told before; what
the independent verifier finds, `ouro verify` finds. A flip in a free page or in what SQLite keeps for itself may change nothing.

Exits with 1 where one does not hold.
"""

import argparse
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

from verify_book import Fault, verify

BOOK = pathlib.Path(__file__).resolve().parents[1] / "Tests/CommandTests/Fixtures/loop-book"


def run(ouro, *arguments):
    return subprocess.run([ouro, *map(str, arguments)], capture_output=True, check=False)


def told_by_another(path):
    """Whether the independent verifier calls it intact, and which rows it finds standing."""
    try:
        return verify(path)
    except (Fault, sqlite3.Error, ValueError, TypeError):
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ouro")
    parser.add_argument("--networks", type=int, default=2_000, help="how many bits to flip")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, flipped = f"{folder}/whole.ouro", f"{folder}/flipped.ouro"
        for line in (["import", BOOK, whole], ["undo", whole], ["redo", whole]):
            if run(options.ouro, *line).returncode != 0:
                sys.exit(f"flips: ouro {' '.join(map(str, line))} fails")
        rows = run(options.ouro, "export", whole, "--json").stdout
        truth, before = pathlib.Path(whole).read_bytes(), verify(whole)
        found = by_other = 0
        for _ in range(options.networks):
            bit = rng.randrange(8 * len(truth))
            book = bytearray(truth)
            book[bit // 8] ^= 1 << bit % 8
            pathlib.Path(flipped).write_bytes(book)
            ours, other = run(options.ouro, "verify", flipped), told_by_another(flipped)
            place = f"bit {bit % 8} of byte {bit // 8}"
            if ours.returncode not in (0, 65):
                sys.exit(f"flips: {place}: ouro verify exits with {ours.returncode}: {ours.stderr.decode()}")
            if ours.returncode == 0 and (other is None or run(options.ouro, "export", flipped, "--json").stdout != rows):
                sys.exit(f"flips: {place}: ouro verify finds nothing, and the book is another")
            if other is not None and other != before:
                sys.exit(f"flips: {place}: the independent verifier finds nothing, and the book is another")
            found += ours.returncode != 0
            by_other += other is None
        print(f"flips: of {options.networks} bits ouro verify finds {found}, the independent verifier {by_other}; no other changes a row")


if __name__ == "__main__":
    main()

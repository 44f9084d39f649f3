#!/usr/bin/env python3
"""Verifies a book file without any of ouro's code: what docs/model.md says of the file, and Python's own SQLite and SHA-256.

    python oracle/verify_book.py market.ouro [--expecting HASH]

Every entry against its hash, its place and the entry before; the head; which rows stand, by playing the log; and the cells,
each a JSON object of text. Prints what was counted and the head's hash; exits with 1 and the first fault where there is one.
"""

import argparse
import hashlib
import json
import pathlib
import re
import sqlite3
import sys

COLUMNS = [
    "sequence", "recorded", "batch", "undoes", "action", "kind", "row_id", "cells", "reason", "previous_hash", "hash",
]
KINDS = ["parties", "sources", "deals", "claims", "facts", "assumptions"]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Fault(Exception):
    """What is wrong with a book, in a sentence."""


def check(holds, sentence):
    """Refuses what does not hold."""
    if not holds:
        raise Fault(sentence)


def digest(*parts):
    """The SHA-256 of parts, each preceded by its length as 64 bits, the highest byte first."""
    whole = hashlib.sha256()
    for part in parts:
        text = ("" if part is None else str(part)).encode()
        whole.update(len(text).to_bytes(8, "big") + text)
    return whole.hexdigest()


class Log:
    """The log as it is played: the last entry, and which rows stand."""

    def __init__(self, identity, created):
        self.identity = identity
        self.hash = digest("ouroboros book 1", identity, created)
        self.hashes = {self.hash}
        self.recorded, self.batch, self.count = created, 0, 0
        self.standing = {}
        self.undone = set()
        self.batch_of = {}

    def take(self, entry):
        """Plays one entry."""
        place = f"entry {self.count + 1}"
        check(entry["sequence"] == self.count + 1, f"{place} is not there")
        check(entry["previous_hash"] == self.hash, f"{place} does not follow the one before")
        parts = [entry[name] for name in COLUMNS[:-2]]
        true = digest("ouroboros entry 1", self.identity, self.hash, *parts)
        check(entry["hash"] == true, f"{place} was changed: its hash is not that of what it holds")
        self.check_place(entry, place)
        self.play(entry, place)
        self.hash, self.recorded, self.batch = true, entry["recorded"], entry["batch"]
        self.count += 1
        self.hashes.add(true)

    def check_place(self, entry, place):
        """When it was recorded, and with which."""
        check(bool(MOMENT.fullmatch(entry["recorded"])), f"{place} has no time")
        check(entry["recorded"] >= self.recorded, f"{place} is older than the one before")
        check(entry["batch"] in (self.batch, self.batch + 1) and entry["batch"] > 0, f"{place} is of no batch in turn")
        check(entry["undoes"] is None or 0 < entry["undoes"] < entry["batch"], f"{place} undoes what is not before it")
        check(entry["kind"] in KINDS, f"{place} is of no table")

    def play(self, entry, place):
        """What it does to its row."""
        row = (entry["kind"], entry["row_id"])
        stands = self.standing.get(row)
        if entry["undoes"] is not None:
            self.undone.add(entry["undoes"])
        if entry["action"] == "add":
            known = stands is None or (not stands and self.batch_of[row] in self.undone)
            check(known, f"{place} adds {row[1]} a second time")
            cells = json.loads(entry["cells"])
            texts = isinstance(cells, dict) and all(isinstance(cell, str) and cell for cell in cells.values())
            check(texts and cells.get("id") == row[1], f"{place} has no cells of {row[1]}")
            self.batch_of[row] = entry["batch"]
        else:
            check(entry["cells"] == "{}", f"{place} has cells")
            check(stands is (entry["action"] == "retract"), f"{place} cannot {entry['action']} {row[1]}")
        self.standing[row] = entry["action"] != "retract"


def verify(path, expecting=None):
    """Counts of a book and its head's hash.

    Raises Fault for the first thing that is wrong, sqlite3.Error and ValueError for files that SQLite or JSON refuse.
    """
    database = sqlite3.connect(f"{pathlib.Path(path).resolve().as_uri()}?mode=ro", uri=True)
    try:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        check(database.execute("PRAGMA application_id").fetchone()[0] == int.from_bytes(b"Ouro", "big"), "this is no book")
        check(version in (2, 3), f"the book is of version {version}")
        (identity, created), = database.execute("SELECT id, created FROM book").fetchall()
        log = Log(identity, created)
        for values in database.execute(f"SELECT {', '.join(COLUMNS)} FROM entries ORDER BY sequence"):
            log.take(dict(zip(COLUMNS, values)))
        head, = database.execute("SELECT count, hash FROM head").fetchall()
        check(head == (log.count, log.hash), "the head is not the last entry")
    finally:
        database.close()
    check(not expecting or any(known.startswith(expecting.lower()) for known in log.hashes), f"no entry has the hash {expecting}")
    return {"entries": log.count, "batches": log.batch, "rows": sum(log.standing.values()), "head": log.hash}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("book")
    parser.add_argument("--expecting", metavar="HASH")
    options = parser.parse_args()
    try:
        found = verify(options.book, options.expecting)
    except (Fault, sqlite3.Error, ValueError) as fault:
        sys.exit(f"{options.book}: {fault}")
    print(f"{options.book}: intact · {found['rows']} rows · {found['entries']} entries in {found['batches']} batches · book {found['head']}")


if __name__ == "__main__":
    main()

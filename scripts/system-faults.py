#!/usr/bin/env python3
"""What becomes of a book where the system fails it: syncs that fail, clocks that are wrong, memory that ends.

    scripts/system-faults.py OURO [sync|clock|memory]…

sync     every fsync of an import, an addition, an undo fails once with EIO: no success is told, and the book is whole
clock    claims are written a day ago, in 2038, 2106 and 2200, and back today: all there, one chain, in the order written
memory   commands with 32 MB of address space and more, in steps: an answer or an end, and the book as it was or as it is told

It wants strace for syncs and faketime for clocks, and runs in a folder of its own.
"""
import collections
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "Examples" / "ai-economy"


# A program that ends for want of memory is not to look for where, which takes more of it.
ENVIRONMENT = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}


def run(command, environment=ENVIRONMENT, **options):
    """What a command says; one that has no end in two minutes hangs."""
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=120, env=environment, **options)


def state(ouro, book):
    """The head and the number of rows of a book, which must verify."""
    if not book.exists():
        return None, 0
    done = run([ouro, "verify", book, "--json"])
    if done.returncode != 0:
        sys.exit(f"LOST: {done.stderr.strip()}")
    found = json.loads(done.stdout)
    return (found["head"] if found["rows"] else None), found["rows"]


def writes(ouro, book):
    """Commands that write, each with a book to write into."""
    first = book.with_name("first.ouro")
    run([ouro, "new", first])
    run([ouro, "add", first, "Nvidia pays OpenAI 1bn in 2026"])
    yield "import", None, [ouro, "import", SHIPPED, book]
    yield "add", first, [ouro, "add", book, "OpenAI pays Nvidia 2bn in 2026"]
    yield "undo", first, [ouro, "undo", book]


def syncs(ouro, folder):
    """Fails every sync of every command once."""
    counts = collections.Counter()
    book = folder / "b.ouro"
    for name, first, command in writes(ouro, book):
        number = 1
        while True:
            for left in folder.glob("b.ouro*"):
                left.unlink()
            if first:
                shutil.copy(first, book)
            before = state(ouro, book)[0]
            log = folder / "log"
            fault = f"inject=fsync,fdatasync:error=EIO:when={number}"
            done = run(["strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-e", fault, "-o", log, *command])
            calls = log.read_text().splitlines()
            failed = next((line for line in calls if "INJECTED" in line), None)
            if failed is None:
                break
            after = state(ouro, book)[0]
            number += 1
            # Once it has made a journal, SQLite syncs the folder's names and does not look at what comes of it.
            earlier = calls[calls.index(failed) - 1] if calls.index(failed) > 0 else ""
            if done.returncode == 0 and f"<{folder}>" in failed and "journal>" in earlier:
                counts["of the name of a journal, which SQLite passes over"] += 1
                continue
            if done.returncode == 0:
                sys.exit(f"LOST: {name} tells success though a sync failed: {failed}")
            if done.returncode != 74:
                sys.exit(f"FAULT: {name} ends with {done.returncode} where sync {number} fails: {done.stderr.strip()}")
            counts["with exit 74, the book as before" if after == before else "with exit 74, the batch in the file"] += 1
    print(f"sync: {sum(counts.values())} syncs failed: " + ", ".join(f"{n} {w}" for w, n in counts.items()))


def clocks(ouro, folder):
    """Writes by clocks that are wrong."""
    book = folder / "c.ouro"
    run([ouro, "new", book])
    moments = ["2026-11-30 12:00:00", "2026-11-29 12:00:00", "2038-01-19 03:14:07", "2038-01-19 03:14:08", "2106-02-07 06:28:16",
               "2016-12-31 23:59:59", "2200-01-01 00:00:00", "1999-12-31 23:59:59", "2026-11-30 12:00:01"]
    for number, moment in enumerate(moments):
        sentence = f"Nvidia pays OpenAI {number + 1}bn in 2026"
        done = run(["faketime", "-f", moment, ouro, "add", book, sentence], environment={**ENVIRONMENT, "TZ": "UTC"})
        if done.returncode != 0:
            sys.exit(f"LOST: not written at {moment}: {done.stderr.strip()}")
    rows = json.loads(run([ouro, "export", book, "--format", "json"]).stdout)["claims"]
    amounts = sorted(int(float(row["low"])) // 10**9 for row in rows)
    if amounts != list(range(1, len(moments) + 1)):
        sys.exit(f"LOST: of {len(moments)} claims these are there: {amounts}")
    state(ouro, book)
    told = run([ouro, "history", book]).stdout
    years = re.findall(r"\b(\d{4})-\d\d-\d\d", told)
    print(f"clock: {len(moments)} claims at as many clocks, back and ahead: all there, one chain; history tells {len(years)} days")


def memory(ouro, folder):
    """Ends the memory of commands that read and write."""
    book, counts = folder / "m.ouro", collections.Counter()
    payments = folder / "payments.csv"
    with open(payments, "w", encoding="ascii") as file:
        file.write("payer,payee,amount,time\n")
        for number in range(300_000):
            file.write(f"p{number % 9973},p{number * 7 % 9967},{number % 1000}.00,{1_767_225_600 + 8 * number}\n")
    run([ouro, "import", SHIPPED, book])
    commands = [["report", book], ["verify", book], ["add", book, "OpenAI pays Nvidia 2bn in 2026"],
                ["scan", payments, "--within", "1d"], ["sum", payments, "--by", "month"], ["project", book, ROOT / "Examples/scenarios/baseline.yaml"]]
    for megabytes in [32, 48, 64, 96, 128, 160, 192, 256, 384, 512, 768, 1024, 2048]:
        limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
        for words in commands:
            rows = state(ouro, book)[1]
            done = run([ouro, *words], preexec_fn=limit)
            now = state(ouro, book)[1]
            if words[0] == "add" and done.returncode == 0 and now <= rows:
                sys.exit("LOST: a claim was acknowledged and is not there")
            if words[0] != "add" and now != rows:
                sys.exit(f"LOST: {words[0]} changed the book")
            ended = done.returncode
            counts["answered" if ended == 0 else "refused" if 0 < ended < 128 else "ended by the system"] += 1
    print("memory: " + ", ".join(f"{n} {w}" for w, n in counts.items()) + "; the book held each time")


def main():
    parts = {"sync": syncs, "clock": clocks, "memory": memory}
    if len(sys.argv) < 2 or any(word not in parts for word in sys.argv[2:]):
        sys.exit(__doc__)
    ouro = pathlib.Path(sys.argv[1]).resolve()
    for part in sys.argv[2:] or parts:
        folder = pathlib.Path(tempfile.mkdtemp())
        parts[part](ouro, folder)
        shutil.rmtree(folder)


main()

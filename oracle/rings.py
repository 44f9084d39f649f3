"""Counts the loops of any file of payments, and what every pair pays, one by one, and holds them against `ouro`.

    python oracle/rings.py path/to/ouro FILE --payer COLUMN --payee COLUMN --amount COLUMN --time COLUMN
        [--form "%b %d, %Y"|days|seconds] [--within DAYS] [--max-hops N] [--ties] [-- options of ouro]

The table is read by Python's csv, its dates by strptime and its amounts as decimals; loops are walked payment by payment from each
root, with nothing remembered. So it takes minutes where ouro takes none of a second, and knows nothing of how ouro reads.
Compared: the payments, the rows without a date, the loops by length, their sum, and what each pays each, to the cent.

    python oracle/rings.py OURO fincen.csv.gz --payer originator_bank_id --payee beneficiary_bank_id \\
        --amount amount_transactions --time begin_date --form "%b %d, %Y" --within 3000 --max-hops 4

Exits with 1 where anything differs.
"""

import argparse
import bz2
import csv
import datetime
import gzip
import io
import json
import subprocess
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from decimal import Decimal

DAY = 86_400
OPENERS = {"gz": gzip.open, "bz2": bz2.open}


def moment(text, form):
    if form in ("days", "seconds"):
        return int(text) * (DAY if form == "days" else 1)
    found = datetime.datetime.strptime(text, form).replace(tzinfo=datetime.timezone.utc)
    return int(found.timestamp())


def read(arguments):
    """The payments as (time, payer, payee, cents), and how many rows have no date."""
    opener = OPENERS.get(arguments.file.rsplit(".", 1)[-1], open)
    payments, undated = [], 0
    with opener(arguments.file, "rt", encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            when = row[arguments.time].strip()
            if not when:
                undated += 1
                continue
            cents = Decimal(row[arguments.amount]) * 100
            if cents != int(cents):
                sys.exit(f"{row}: more than cents")
            payer, payee = row[arguments.payer].strip(), row[arguments.payee].strip()
            payments.append((moment(when, arguments.form), payer, payee, int(cents)))
    return payments, undated


def loops(payments, within, most, ties):
    """How many loops of each length there are, and what the payments on them add up to, each time anew."""
    paid = defaultdict(list)
    for place, (time, payer, payee, cents) in enumerate(payments):
        if payer != payee:
            paid[payer].append((time, place, payee, cents))
    for own in paid.values():
        own.sort()
    times = {payer: [row[0] for row in own] for payer, own in paid.items()}
    counts, total = Counter(), 0

    def walk(root, start, party, last, visited, places, sum_so_far):
        nonlocal total
        own = paid.get(party)
        if own is None:
            return
        first = (bisect_left if ties else bisect_right)(times[party], last)
        end = bisect_right(times[party], start + within)
        for time, place, payee, cents in own[first:end]:
            if payee == root:
                # Of payments of one moment no one is the first: they are a loop from the earliest of them alone.
                if time == start and place < places[0]:
                    continue
                if time == start and any(other < places[0] for other in places):
                    continue
                counts[len(places) + 1] += 1
                total += sum_so_far + cents
            elif payee not in visited and len(places) + 1 < most:
                walk(root, start, payee, time, visited | {payee}, places + [place], sum_so_far + cents)

    for root, own in paid.items():
        for time, place, payee, cents in own:
            walk(root, time, payee, time, {root, payee}, [place], cents)
    return counts, total


def asked(arguments, command, *options):
    columns = ["--payer", arguments.payer, "--payee", arguments.payee, "--amount", arguments.amount, "--time", arguments.time]
    form = ["--time-format", arguments.form] if arguments.form in ("days", "seconds") else []
    words = [arguments.ouro, command, arguments.file, *columns, *form, *options, *arguments.options]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def main():
    parser = argparse.ArgumentParser()
    for name in ("ouro", "file"):
        parser.add_argument(name)
    for name in ("payer", "payee", "amount", "time"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--form", default="%Y-%m-%d")
    parser.add_argument("--within", type=int, default=30)
    parser.add_argument("--max-hops", type=int, default=6)
    parser.add_argument("--ties", action="store_true")
    own = sys.argv[1:]
    split = own.index("--") if "--" in own else len(own)
    arguments = parser.parse_args(own[:split])
    arguments.options = own[split + 1 :]
    payments, undated = read(arguments)
    counts, total = loops(payments, arguments.within * DAY, arguments.max_hops, arguments.ties)
    scan = json.loads(
        asked(
            arguments, "scan", "--json", "--within", f"{arguments.within}d", "--max-hops", str(arguments.max_hops),
            "--allow-ties" if arguments.ties else "--no-allow-ties", "--top", str(sum(counts.values())),
        )
    )
    pairs = Counter()
    for _, payer, payee, cents in payments:
        pairs[payer, payee] += cents
    rows = csv.DictReader(io.StringIO(asked(arguments, "sum")))
    summed = {(row["from"], row["to"]): int(Decimal(row["weight"]) * 100) for row in rows}
    compared = [
        ("payments", len(payments), scan["payments"]), ("rows without a date", undated, scan["rejected"]),
        ("loops by length", {str(n): c for n, c in sorted(counts.items())}, scan["by_length"]),
        ("cents on all loops", total, round(sum(loop["total"] for loop in scan["largest"]) * 100)),
        ("pairs", len(pairs), len(summed)), ("what each pays each", dict(pairs), summed),
    ]
    differ = 0
    for what, ours, theirs in compared:
        same = ours == theirs
        differ += not same
        shown = f": {ours}" if what != "what each pays each" else f" ({sum(pairs.values())} cents)"
        print(f"{what}{shown}" + ("" if same else f", and by ouro {str(theirs)[:200]}: DIFFERENT"))
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()

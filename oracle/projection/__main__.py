"""Checks `ouro project` against the months of docs/model.md, worked out again in exact fractions.

    PYTHONPATH=oracle python -m projection path/to/ouro [--networks N] [--seed S]

On N random small books with scenarios (3 to 6 parties, deals, habits, shocks) the middle path is
recomputed month by month: what falls due, who is paid what, who raises money, who fails. Cash at the
end of every month, debt, money raised, losses, months of failure, and every pair's money must agree to
the cent. On the same books three paths of chance are drawn again from Philox 4x32-10, and failures and
losses must agree.

Exits with 1, and the first books that differ, where any does.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from functools import partial

from agreement import disagree

from .cases import MONTHS, random_case
from .chance import Draws
from .files import month_name, name, write_book, write_scenario
from .path import Path

PATHS, SEED = 3, 7


def ask(ouro, folder, case):
    os.makedirs(folder)
    write_book(case, folder)
    write_scenario(case, f"{folder}/scenario.yaml")
    command = [ouro, "project", folder, f"{folder}/scenario.yaml", "--as-of", "2025-12-31", "--paths",
               str(PATHS), "--seed", str(SEED), "--threads", "1", "-o", f"{folder}/run.json"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise AssertionError(f"{' '.join(command)}: {run.returncode} {run.stderr}")
    with open(f"{folder}/run.json") as file:
        return json.load(file)


def same(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: {found}, not {wanted}")


def check_middle(answer, path):
    count = lambda amount: round(amount * 100)
    for p, party in enumerate(answer["parties"]):
        who = party["id"]
        same(party["failed"], None if path.failed[p] is None else month_name(path.failed[p]), f"{who} failed")
        cash = [count(x) for x in party["cash"]]
        for month in range(MONTHS):
            same(cash[month], path.cash_by_month[month][p], f"cash of {who} in {month_name(month)}")
        for key, wanted in (
            ("debt", path.debt), ("raised", path.raised), ("lost", path.lost),
            ("owed_at_failure", path.owed), ("recovered", path.recovered),
        ):
            same(count(party[key]), wanted[p], f"{key} of {who}")
    flows = {(flow["payer"], flow["payee"]): count(flow["amount"]) for flow in answer["flows"]}
    same(flows, {(name(u), name(v)): a for (u, v), a in path.flows.items()}, "flows")
    same(count(answer["lost_outside"]), path.lost_outside, "lost outside")
    same(count(answer["undisclosed"]), path.undisclosed, "undisclosed")
    same(sum(count(y["outside_in"]) for y in answer["years"]), path.entered, "entered")
    same(sum(count(y["outside_out"]) for y in answer["years"]), path.left, "left")


def counts(text):
    return {int(place): int(count) for place, count in (word.split(":") for word in text.split())}


def check_chance(tally, paths):
    n = paths[0].n
    failed, first, lost, owed, recovered, quiet = {}, {}, {}, {}, {}, 0
    add = lambda table, key, amount: table.__setitem__(key, table.get(key, 0) + amount)
    for path in paths:
        ends = [(path.failed[p], -path.short_by[p], p) for p in range(n) if path.failed[p] is not None]
        quiet += not ends
        if ends:
            add(first, min(ends)[2], 1)
        for p in range(n):
            add(lost, p, path.lost[p] // 100)
            add(owed, p, path.owed[p] // 100)
            add(recovered, p, path.recovered[p] // 100)
            if path.failed[p] is not None:
                add(failed, p * MONTHS + path.failed[p], 1)
    same(tally["quiet"], quiet, "quiet paths of chance")
    tables = {"failed": failed, "first": first, "lost": lost, "owed": owed, "recovered": recovered}
    for key, table in tables.items():
        same(counts(tally[key]), {k: v for k, v in table.items() if v}, f"{key} on paths of chance")


def check(ouro, folder, number, case):
    answer = ask(ouro, f"{folder}/{number}", case)
    check_middle(answer["middle"], Path(case, Draws(case)).run())
    check_chance(answer["tally"], [Path(case, Draws(case, SEED, path)).run() for path in range(PATHS)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ouro")
    parser.add_argument("--networks", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--keep", help="keep the files of books that differ in this folder")
    options = parser.parse_args()
    rng = random.Random(f"{options.seed} projection")
    cases = [random_case(rng) for _ in range(options.networks)]
    with tempfile.TemporaryDirectory() as folder:
        folder = options.keep or folder
        work = partial(check, os.path.abspath(options.ouro), folder)
        # A book says little in one line; --keep has its files.
        failed = disagree("projection", work, cases, show=lambda case: "")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

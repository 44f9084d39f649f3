#!/usr/bin/env python3
"""Runs every kernel once on small inputs, and checks its answer against a plain one in Python.

    python Benchmarks/check.py path/to/kernels

Kernels that check their own answer (scenarios, clearing, potential, forwarding, cycling, provenance) need
only end well; the others must come to the number that is worked out here. Exits with 1 where one does not.
"""
import bisect
import collections
import csv
import datetime
import pathlib
import re
import subprocess
import sys
import tempfile

import networkx as nx
import numpy as np
from scipy.optimize import linprog

DAY = 86_400


def kernel(program, *arguments):
    """What the last line of a kernel says: its answer, without times and memory."""
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"kernels {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    lines = done.stdout.splitlines()
    return lines[-1].split()[2:] if lines else []


def payments(path):
    """Rows of payer, payee, cents and seconds."""
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = datetime.date.fromisoformat(row["date"])
            yield row["payer"], row["payee"], round(float(row["amount"]) * 100), day


def temporal_loops(path, window):
    """Loops in strictly increasing time within the window, by walking on from each payment."""
    rows = sorted(tuple(map(int, line.split())) for line in open(path, encoding="utf-8"))
    rows = sorted(((time, payer, payee) for payer, payee, time in rows))
    leaving = collections.defaultdict(list)
    for time, payer, payee in rows:
        if payer != payee:
            leaving[payer].append((time, payee))

    def walk(home, party, time, last, seen):
        found = 0
        start = bisect.bisect_right(leaving[party], (time, float("inf")))
        for later, payee in leaving[party][start:]:
            if later > last:
                break
            if payee == home:
                found += 1
            elif payee not in seen:
                found += walk(home, payee, later, last, seen | {payee})
        return found

    return sum(walk(p, q, t, t + window, {p, q}) for t, p, q in rows if p != q)


def largest_circulation(flows):
    """By a linear programme."""
    nodes = {node: place for place, node in enumerate(sorted({n for pair in flows for n in pair}))}
    balance = np.zeros((len(nodes), len(flows)))
    for place, (payer, payee) in enumerate(flows):
        balance[nodes[payer], place] += 1
        balance[nodes[payee], place] -= 1
    bounds = [(0, amount) for amount in flows.values()]
    return -linprog(-np.ones(len(flows)), A_eq=balance, b_eq=np.zeros(len(nodes)), bounds=bounds).fun


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        file, plain, pairs = folder / "p.csv", folder / "p.txt", folder / "p.pairs"
        kernel(program, "generate", 3_000, file)
        kernel(program, "generate", 3_000, plain)
        kernel(program, "pairs", file, pairs)
        kernel(program, "random", 60, 240, folder / "random.pairs")
        rows = list(payments(file))
        flows = collections.Counter()
        for payer, payee, cents, _ in rows:
            if payer != payee:
                flows[payer, payee] += cents
        graph = nx.DiGraph(list(flows))
        components = [len(part) for part in nx.strongly_connected_components(graph)]
        window = 30 * DAY
        expected = {
            ("read", file, 2, len(rows)): len(rows),
            ("sum", file, 2): len({(p, q, day.year, day.month) for p, q, _, day in rows}),
            ("temporal", plain, window, 2): temporal_loops(plain, window),
            ("elementary", pairs, 4, 1): sum(1 for _ in nx.simple_cycles(graph, length_bound=4)),
            ("components", pairs): (len(components), max(components)),
            ("circulation", pairs): largest_circulation(flows),
        }
        for arguments, wanted in expected.items():
            check(arguments, kernel(program, *arguments), wanted)
        for arguments in [
            ("build", plain, window, 2),
            ("forwarding", pairs, 100),
            ("scenarios", 20, 200, 2),
            ("clearing", 300, 900),
            ("potential", pairs),
            ("returns", 60, 240),
            ("cycling", pairs, 2),
            ("provenance", pairs),
        ]:
            print(arguments[0], *kernel(program, *arguments))


def check(arguments, found, wanted):
    """Each number of the answer, to nine digits."""
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?", " ".join(found))]
    same = all(any(abs(n - w) <= 1e-9 * abs(w) for n in numbers) for w in wanted)
    print(arguments[0], *found)
    if not same:
        sys.exit(f"{arguments[0]} came to {' '.join(found)}, not {wanted}")


if __name__ == "__main__":
    main()

"""Checks `ouro stress clearing` against exact fractions.

    python oracle/clearing.py path/to/ouro [--networks N] [--seed S]

On N random small networks with amounts in cents, the greatest clearing payments are found by
fictitious default in exact arithmetic (with costs of default: Rogers and Veraart 2013). Payments must
agree to nine digits, defaulters exactly, and money must be conserved to the cent.

Exits with 1, and the first networks that differ, where any does.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction
from functools import partial

from agreement import disagree


def random_problem(rng):
    count = rng.randint(2, 9)
    density = rng.uniform(0.1, 0.9)
    cents = lambda top: Fraction(rng.randint(0, top * 100), 100) if rng.random() < 0.8 else Fraction(0)
    debts = {
        (u, v): Fraction(rng.randint(1, 10000), 100)
        for u in range(count)
        for v in range(count)
        if u != v and rng.random() < density
    } or {(0, 1): Fraction(1)}
    owing = [cents(50) if rng.random() < 0.5 else Fraction(0) for _ in range(count)]
    assets = [cents(rng.choice([5, 60, 200])) for _ in range(count)]
    if rng.random() < 0.2:
        # Everybody owns exactly what they owe.
        for v in range(count):
            due = owing[v] + sum(w for (u, _), w in debts.items() if u == v)
            assets[v] = max(Fraction(0), due - sum(w for (_, u), w in debts.items() if u == v))
    costs = rng.choice([(1, 1), (1, 1), (Fraction(1, 2), Fraction(3, 4)), (Fraction(1, 4), 1), (1, Fraction(1, 2))])
    return count, debts, owing, assets, costs


def solve(matrix, right):
    """Gauss and Jordan in fractions."""
    size = len(right)
    rows = [row[:] + [value] for row, value in zip(matrix, right)]
    for k in range(size):
        pivot = next(i for i in range(k, size) if rows[i][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for i in range(size):
            if i != k and rows[i][k]:
                rows[i] = [x - rows[i][k] * y for x, y in zip(rows[i], rows[k])]
    return [row[-1] for row in rows]


def greatest(problem):
    count, debts, owing, assets, (alpha, beta) = problem
    owed = [owing[v] + sum(w for (u, _), w in debts.items() if u == v) for v in range(count)]
    payments = owed[:]
    short = []
    while True:
        received = [
            sum(w / owed[u] * payments[u] for (u, t), w in debts.items() if t == v) for v in range(count)
        ]
        now = [v for v in range(count) if assets[v] + received[v] < owed[v]]
        if now == short:
            return payments, short, [assets[v] + received[v] - owed[v] for v in range(count)]
        short = now
        share = lambda u, v: beta * debts.get((u, v), Fraction(0)) / owed[u]
        matrix = [[(1 if u == v else 0) - share(u, v) for u in short] for v in short]
        full = [u for u in range(count) if u not in short]
        right = [alpha * assets[v] + sum(share(u, v) * owed[u] for u in full if owed[u]) for v in short]
        payments = owed[:]
        for v, value in zip(short, solve(matrix, right)):
            payments[v] = value


def ask(ouro, folder, number, problem):
    count, debts, owing, assets, (alpha, beta) = problem
    edges = os.path.join(folder, f"{number}-edges.csv")
    nodes = os.path.join(folder, f"{number}-nodes.csv")
    with open(edges, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["from", "to", "weight"])
        rows.writerows([f"n{u}", f"n{v}", f"{float(w):.2f}"] for (u, v), w in debts.items())
    with open(nodes, "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["id", "external_assets", "external_liabilities"])
        rows.writerows([f"n{v}", f"{float(assets[v]):.2f}", f"{float(owing[v]):.2f}"] for v in range(count))
    command = [ouro, "stress", "clearing", edges, "--nodes", nodes, "--json"]
    command += ["--alpha", str(float(alpha)), "--beta", str(float(beta))]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise AssertionError(f"{' '.join(command)}: {run.returncode} {run.stderr}")
    os.remove(edges)
    os.remove(nodes)
    return json.loads(run.stdout)


def check(ouro, folder, number, problem):
    count, _, owing, assets, costs = problem
    answer = ask(ouro, folder, number, problem)
    payments, short, equity = greatest(problem)
    if answer["defaulted"] != [f"n{v}" for v in short]:
        raise AssertionError(f"defaulted {answer['defaulted']}, not {short}")
    for key, wanted in (("payments", payments), ("equity", equity)):
        for v in range(count):
            found = answer[key][f"n{v}"]
            if abs(found - wanted[v]) > 1e-9 * max(1, abs(wanted[v])):
                raise AssertionError(f"{key} of n{v}: {found}, not {float(wanted[v])}")
    if costs == (1, 1):
        # What began outside ends as equity, or with creditors outside.
        owed = [payments[v] if v not in short else payments[v] - equity[v] for v in range(count)]
        kept = sum(max(0, answer["equity"][f"n{v}"]) for v in range(count))
        paid = sum(
            answer["payments"][f"n{v}"] * float(owing[v] / owed[v]) for v in range(count) if owed[v]
        )
        if round(100 * (kept + paid - float(sum(assets)))) != 0:
            raise AssertionError(f"{kept} kept and {paid} paid out of {float(sum(assets))}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ouro")
    parser.add_argument("--networks", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=20261124)
    options = parser.parse_args()
    rng = random.Random(f"{options.seed} clearing")
    problems = [random_problem(rng) for _ in range(options.networks)]
    with tempfile.TemporaryDirectory() as folder:
        failed = disagree("clearing", partial(check, os.path.abspath(options.ouro), folder), problems)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

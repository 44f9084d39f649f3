"""Checks the figures of `ouro measure` against independent implementations.

    python oracle/oracle.py path/to/ouro [--networks N] [--seed S]

On N random networks each:
  closure     against a linear programme (SciPy, HiGHS), the ranges of parties included
  cycles      against networkx.simple_cycles
  cycling     against the inverse of a dense matrix (NumPy)
  provenance  against the inverse of a dense matrix
  potential   against the pseudo-inverse of the Laplacian
and, on a third as many problems (at most 300),
  complete    against Newton's method on the dual of least relative entropy

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
from functools import partial

import networkx as nx
import numpy as np
from scipy.optimize import linprog

from agreement import disagree


def random_network(rng, largest):
    """Flows by pair, and what enters and leaves at each party."""
    count = rng.randint(2, largest)
    density = rng.uniform(0.1, 0.6)
    digits = rng.choice([0, 0, 2])
    flows = {
        (u, v): round(rng.uniform(1, 100), digits)
        for u in range(count)
        for v in range(count)
        if u != v and rng.random() < density
    }
    if not flows:
        flows[(0, 1)] = 1.0
    inflow = [round(rng.uniform(0, 50), digits) if rng.random() < 0.4 else 0.0 for _ in range(count)]
    outflow = [round(rng.uniform(0, 50), digits) if rng.random() < 0.4 else 0.0 for _ in range(count)]
    return count, flows, inflow, outflow


def matrix(count, flows):
    w = np.zeros((count, count))
    for (u, v), weight in flows.items():
        w[u, v] = weight
    return w


def balanced(w, inflow, outflow):
    """What enters and leaves once reserves and savings make every party balance."""
    entering = w.sum(axis=0) + inflow
    leaving = w.sum(axis=1) + outflow
    gap = leaving - entering
    gap[np.abs(gap) <= 1e-12 * np.maximum(entering, leaving)] = 0
    return inflow + np.maximum(gap, 0), outflow + np.maximum(-gap, 0)


class Oracle:
    def __init__(self, ouro, folder):
        self.ouro = ouro
        self.folder = folder

    def ask(self, number, measure, network, *options):
        count, flows, inflow, outflow = network
        edges = os.path.join(self.folder, f"{measure}-{number}-edges.csv")
        nodes = os.path.join(self.folder, f"{measure}-{number}-nodes.csv")
        with open(edges, "w", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["from", "to", "weight"])
            rows.writerows([f"n{u}", f"n{v}", repr(w)] for (u, v), w in flows.items())
        with open(nodes, "w", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["id", "inflow", "outflow"])
            # A party without outside flows is left to reserves and savings.
            rows.writerows(
                [f"n{i}", repr(inflow[i]) if inflow[i] else "", repr(outflow[i]) if outflow[i] else ""]
                for i in range(count)
            )
        command = [self.ouro, "measure", measure, edges, "--nodes", nodes, "--json", *options]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            raise AssertionError(f"{' '.join(command)}: {run.returncode} {run.stderr}")
        os.remove(edges)
        os.remove(nodes)
        return json.loads(run.stdout)

    def closure(self, number, network):
        count, flows, _, _ = network
        answer = self.ask(number, "closure", network)
        pairs = list(flows)
        conserve = np.zeros((count, len(pairs)))
        for k, (u, v) in enumerate(pairs):
            conserve[u, k] += 1
            conserve[v, k] -= 1
        bounds = [(0, flows[pair]) for pair in pairs]
        zero = np.zeros(count)
        best = linprog(-np.ones(len(pairs)), A_eq=conserve, b_eq=zero, bounds=bounds, method="highs")
        close(answer["circulation"], -best.fun, 1e-9, "circulation")
        w = matrix(count, flows)
        close(answer["share"], -best.fun / w.sum(), 1e-9, "share")
        excess = w.sum() - np.abs(w.sum(axis=1) - w.sum(axis=0)).sum() / 2
        if answer["efficiency"] is not None:
            close(answer["efficiency"], -best.fun / excess, 1e-9, "efficiency")
        if number % 10:
            return
        # Over all optima, within the precision of the solver.
        conserve = np.vstack([conserve, np.ones(len(pairs))])
        right = np.append(zero, -best.fun)
        for v in range(count):
            through = np.array([1.0 if pair[0] == v else 0.0 for pair in pairs])
            for sign, key in ((1, "low"), (-1, "high")):
                end = linprog(sign * through, A_eq=conserve, b_eq=right, bounds=bounds, method="highs")
                if end.status == 0:
                    close(answer["parties"][v][key], sign * end.fun, 1e-5, f"{key} of n{v}")

    def cycles(self, number, network):
        count, flows, _, _ = network
        graph = nx.DiGraph(list(flows))
        lengths = {}
        for cycle in nx.simple_cycles(graph):
            lengths[str(len(cycle))] = lengths.get(str(len(cycle)), 0) + 1
        answer = self.ask(number, "cycles", network)
        same(answer["by_length"], lengths, "cycles by length")
        same(answer["count"], sum(lengths.values()), "cycles")
        bound = 1 + number % 6
        short = sum(n for length, n in lengths.items() if int(length) <= bound)
        answer = self.ask(number, "cycles", network, "--max-hops", str(bound))
        same(answer["count"], short, f"cycles of at most {bound}")

    def cycling(self, number, network):
        count, flows, inflow, outflow = network
        answer = self.ask(number, "cycling", network)
        w = matrix(count, flows)
        entering, leaving = balanced(w, np.array(inflow), np.array(outflow))
        throughflow = w.sum(axis=0) + entering
        close(answer["throughflow"], throughflow.sum(), 1e-12, "throughflow")
        if entering.sum() > 0:
            close(answer["path_length"], throughflow.sum() / entering.sum(), 1e-10, "path length")
        share = np.divide(w, throughflow[:, None], out=np.zeros_like(w), where=throughflow[:, None] > 0)
        if max(abs(np.linalg.eigvals(share))) > 1 - 1e-9:
            return
        returns = 1 - 1 / np.diag(np.linalg.inv(np.eye(count) - share))
        close(answer["finn"], (throughflow * returns).sum() / throughflow.sum(), 1e-9, "finn")
        for v in range(count):
            close(answer["parties"][v]["return_probability"], returns[v], 1e-9, f"return to n{v}")

    def provenance(self, number, network):
        count, flows, inflow, outflow = network
        answer = self.ask(number, "provenance", network)
        w = matrix(count, flows)
        entering, _ = balanced(w, np.array(inflow), np.array(outflow))
        throughflow = w.sum(axis=0) + entering
        safe = np.where(throughflow > 0, throughflow, 1)
        backwards = (w / safe[None, :]).T
        if max(abs(np.linalg.eigvals(backwards))) > 1 - 1e-9:
            return
        share = np.linalg.inv(np.eye(count) - backwards) @ np.diag(entering / safe)
        for v in range(count):
            origins = {origin["id"]: origin["share"] for origin in answer["parties"][v]["origins"]}
            for u in range(count):
                close(origins.get(f"n{u}", 0), share[v, u], 1e-9, f"n{u} in n{v}")

    def potential(self, number, network):
        count, flows, _, _ = network
        weighting = ("unit", "count", "flow")[number % 3]
        answer = self.ask(number, "potential", network, "--weighting", weighting)
        w = matrix(count, flows)
        net = w - w.T
        conductance = {
            "unit": ((w + w.T) > 0) * 1.0,
            "count": (w > 0) * 1.0 + (w.T > 0) * 1.0,
            "flow": w + w.T,
        }[weighting]
        laplacian = np.diag(conductance.sum(axis=1)) - conductance
        potential = np.linalg.pinv(laplacian, rcond=1e-12) @ net.sum(axis=1)
        for v in range(count):
            close(answer["parties"][v]["potential"], potential[v], 1e-8, f"potential of n{v}")
        downhill = conductance * (potential[:, None] - potential[None, :])
        linked = conductance > 0
        every = (net[linked] ** 2 / conductance[linked]).sum()
        if every > 0:
            round_ = ((net - downhill)[linked] ** 2 / conductance[linked]).sum()
            close(answer["circular_share"], round_ / every, 1e-9, "circular share")
        levels = np.linalg.pinv(np.diag((w + w.T).sum(axis=1)) - w - w.T, rcond=1e-12) @ -net.sum(axis=1)
        miss = (w * (levels[None, :] - levels[:, None] - 1) ** 2).sum() / w.sum()
        close(answer["incoherence"], miss, 1e-9, "incoherence")
        close(answer["reciprocity"], np.minimum(w, w.T).sum() / w.sum(), 1e-12, "reciprocity")


def random_problem(rng):
    """Totals of payers and payees, pairs, and perhaps a sum over some pairs of one payee, bounds, and priors."""
    rows = [round(10 ** rng.uniform(0, 3), 2) for _ in range(rng.randint(1, 8))]
    columns = [round(10 ** rng.uniform(0, 3), 2) for _ in range(rng.randint(1, 8))]
    density = rng.uniform(0.2, 1)
    every = [[r, c] for r in range(len(rows)) for c in range(len(columns))]
    cells = [pair for pair in every if rng.random() < density] or every[:1]
    problem = {"rows": rows, "columns": columns, "cells": cells, "outside_weight": rng.choice([0.5, 1, 2])}
    column = rng.choice(cells)[1]
    members = [k for k, (_, c) in enumerate(cells) if c == column]
    if rng.random() < 0.5:
        members = rng.sample(members, rng.randint(1, len(members)))
        most = min(columns[column], sum(rows[cells[k][0]] for k in members))
        problem["blocks"] = [{"cells": sorted(members), "total": most * rng.uniform(0.1, 0.6)}]
    elif rng.random() < 0.6:
        # Most only, on cells of any column: nothing but zero could then be out of reach.
        groups = [[], [], [], []]
        for k in range(len(cells)):
            rng.choice(groups).append(k)
        some = [group for group in groups[1:] if group]
        most = sum(rows) + sum(columns)
        problem["blocks"] = [{"cells": sorted(s), "high": most * 10 ** rng.uniform(-3, 0)} for s in some]
    if rng.random() < 0.5:
        problem["priors"] = [
            round(rows[r] * columns[c] / (sum(rows) + sum(columns)) * 10 ** rng.uniform(-1, 0.3), 4)
            if rng.random() < 0.5 else None
            for r, c in cells
        ]
    return problem


def priors(problem):
    """What a filling is to be near to: 1 and the weight outside, or what is told of a column and what that leaves."""
    rows, columns, weight = problem["rows"], problem["columns"], problem["outside_weight"]
    cells, told = problem["cells"], problem.get("priors") or [None] * len(problem["cells"])
    near, by_row, by_column = [1.0] * len(cells), [weight] * len(rows), [weight] * len(columns)
    if any(prior is not None for prior in told):
        expected = []
        for k, (_, c) in enumerate(cells):
            same = [j for j, (_, d) in enumerate(cells) if d == c]
            left = max(0, columns[c] - sum(told[j] for j in same if told[j] is not None))
            alone = sum(told[j] is None for j in same)
            expected.append(told[k] if told[k] is not None else left / (alone + weight))
        for c in {c for k, (_, c) in enumerate(cells) if told[k] is not None}:
            taken = sum(e for e, (_, d) in zip(expected, cells) if d == c)
            by_column[c] = max(columns[c] - taken, 0.02 * columns[c]) / sum(expected)
            for k, (r, d) in enumerate(cells):
                if d == c:
                    spent = sum(e for e, (s, _) in zip(expected, cells) if s == r)
                    near[k] = expected[k] / max(rows[r] - spent, 0.05 * rows[r]) * weight
    return np.array(near + by_row + by_column + [1.0])


def least_relative_entropy(problem):
    """The amounts nearest in relative entropy to the priors that meet all totals and bounds.

    Bounds that hold are found one by one: those that are missed join, those that pull the wrong way leave.
    """
    held = [b for b, block in enumerate(problem.get("blocks", [])) if "total" in block]
    for _ in range(60):
        found, miss, pulls = meeting(problem, held)
        blocks = problem.get("blocks", [])
        wrong = [b for b, pull in zip(held, pulls) if "total" not in blocks[b] and pull > 1e-9]
        missed = [
            b for b, block in enumerate(blocks)
            if b not in held and "high" in block and found[block["cells"]].sum() > block["high"] * (1 + 1e-9)
        ]
        if not wrong and not missed:
            break
        held = sorted(set(held) - set(wrong[:1]) | set(missed[:1] if not wrong else []))
    return found, miss


def meeting(problem, held):
    """The amounts nearest to the priors that meet all totals, and the bounds held as if they were totals.

    Newton's method with halved steps on the dual: amounts are q exp(A'y), and y minimises their sum
    less b'y. The outside row and column are rows and columns as others are.
    """
    rows, columns = problem["rows"], problem["columns"]
    pairs = problem["cells"] + [[r, len(columns)] for r in range(len(rows))]
    pairs += [[len(rows), c] for c in range(len(columns))] + [[len(rows), len(columns)]]
    prior = priors(problem)
    totals = rows + [sum(columns)] + columns + [sum(rows)]
    blocks = [problem["blocks"][b] for b in held]
    a = np.zeros((len(totals) + len(blocks), len(pairs)))
    for k, (r, c) in enumerate(pairs):
        a[r, k] = a[len(rows) + 1 + c, k] = 1
    for b, block in enumerate(blocks):
        a[len(totals) + b, block["cells"]] = 1
    b = np.array(totals + [block.get("total", block.get("high")) for block in blocks])
    scale = b.max()
    b = b / scale

    def at(y):
        x = prior * np.exp(a.T @ y)
        return x, np.abs((a @ x - b) / b).max(), x.sum() - b @ y

    y = np.zeros(len(b))
    x, miss, value = at(y)
    for _ in range(500):
        if miss < 1e-13:
            break
        # One of the constraints follows from the others, so the least squares.
        step = -np.linalg.lstsq(a @ (x[:, None] * a.T), a @ x - b, rcond=1e-14)[0]
        length = 1.0
        with np.errstate(over="ignore", invalid="ignore"):
            # Close to the answer the value no longer tells better from worse; the miss does.
            while length > 1e-12:
                there = at(y + length * step)
                if there[1] < miss or there[2] < value:
                    break
                length /= 2
        if length <= 1e-12:
            break
        y = y + length * step
        x, miss, value = there
    return x * scale, miss, y[len(totals):]


def check_completion(ouro, _, problem):
    run = subprocess.run(
        [ouro, "complete", "-"], input=json.dumps(problem), capture_output=True, text=True
    )
    if run.returncode:
        raise AssertionError(f"complete: {run.returncode} {run.stderr}")
    answer = json.loads(run.stdout)
    wanted, miss = least_relative_entropy(problem)
    if miss > 1e-9:
        raise AssertionError(f"the oracle itself is {miss} off")
    found = answer["amounts"] + answer["outside_by_row"] + answer["outside_by_column"] + [answer["corner"]]
    for k, (one, other) in enumerate(zip(found, wanted, strict=True)):
        close(one, other, 1e-7, f"amount {k}")
    if answer["residual"] > 1e-9:
        raise AssertionError(f"residual {answer['residual']}")


def close(found, wanted, tolerance, what):
    if found is None or abs(found - wanted) > tolerance * max(1, abs(wanted)):
        raise AssertionError(f"{what}: {found}, not {wanted}")


def same(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: {found}, not {wanted}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ouro")
    parser.add_argument("--networks", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20261124)
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        oracle = Oracle(os.path.abspath(options.ouro), folder)
        sizes = {"closure": 20, "cycles": 8, "cycling": 20, "provenance": 20, "potential": 20}
        for measure, largest in sizes.items():
            rng = random.Random(f"{options.seed} {measure}")
            networks = [random_network(rng, largest) for _ in range(options.networks)]
            failed = disagree(measure, getattr(oracle, measure), networks) or failed
        rng = random.Random(f"{options.seed} complete")
        problems = [random_problem(rng) for _ in range(min(300, options.networks // 3 + 1))]
        failed = disagree("complete", partial(check_completion, oracle.ouro), problems) or failed
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

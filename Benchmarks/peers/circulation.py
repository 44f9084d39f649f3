"""The largest circulation with OR-tools: `circulation.py FILE.pairs`.

Every pair carries up to its amount and gains one for each unit; what all of them gain is the answer.
"""
import sys

import numpy
from ortools.graph.python import min_cost_flow

import static

nodes, payer, payee, amount = static.pairs(sys.argv[1])


def solve():
    flow = min_cost_flow.SimpleMinCostFlow()
    gains = -numpy.ones(len(payer), numpy.int64)
    flow.add_arcs_with_capacity_and_unit_cost(payer, payee, amount, gains)
    flow.set_nodes_supplies(numpy.arange(nodes, dtype=numpy.int32), numpy.zeros(nodes, numpy.int64))
    if flow.solve() != flow.OPTIMAL:
        sys.exit("OR-tools found no optimum")
    return -flow.optimal_cost()


static.report(3 if len(payer) < 100_000 else 1, solve)

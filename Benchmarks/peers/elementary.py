"""Loops of a bounded number of hops with numba: `elementary.py FILE.pairs HOPS`.

From each party as the lowest of a loop, a backward search says how far every other party is from it; a
depth-first walk then follows only pairs from which the way back still fits.
"""
import sys

import numba
import numpy

import static

nodes, payer, payee, _ = static.pairs(sys.argv[1])
hops = int(sys.argv[2])


def rows(key, other):
    order = numpy.argsort(key, kind="stable")
    return numpy.searchsorted(key[order], numpy.arange(nodes + 1)), other[order]


@numba.njit
def count(hops, out_start, out, in_start, into):
    nodes = len(out_start) - 1
    far = hops + 1
    distance = numpy.full(nodes, far, numpy.int32)
    is_on_path = numpy.zeros(nodes, numpy.bool_)
    queue = numpy.empty(nodes, numpy.int32)
    path = numpy.empty(hops + 1, numpy.int32)
    place = numpy.empty(hops + 1, numpy.int64)
    loops = 0
    for root in range(nodes):
        if out_start[root] == out_start[root + 1] or in_start[root] == in_start[root + 1]:
            continue
        queue[0], head, tail = root, 0, 1
        distance[root] = 0
        while head < tail:
            node = queue[head]
            head += 1
            if distance[node] + 1 == hops:
                continue
            for arc in range(in_start[node], in_start[node + 1]):
                source = into[arc]
                if source > root and distance[source] == far:
                    distance[source] = distance[node] + 1
                    queue[tail] = source
                    tail += 1
        depth = 0
        path[0], place[0] = root, out_start[root]
        while depth >= 0:
            node, arc = path[depth], place[depth]
            if arc == out_start[node + 1]:
                is_on_path[node] = False
                depth -= 1
                continue
            place[depth] = arc + 1
            target = out[arc]
            if target == root:
                loops += 1
            elif target > root and not is_on_path[target] and depth + 1 + distance[target] <= hops:
                depth += 1
                path[depth], place[depth] = target, out_start[target]
                is_on_path[target] = True
        for position in range(tail):
            distance[queue[position]] = far
    return loops


out_start, out = rows(payer, payee)
in_start, into = rows(payee, payer)
count(2, out_start[:1], out, in_start[:1], into)
static.report(3, lambda: count(hops, out_start, out, in_start, into))

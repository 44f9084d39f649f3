"""Holds ouro against exact arithmetic at scales from 10⁻³⁰⁰ to 10³⁰⁰: `scales.py OURO [--networks 300]`.

Random networks of up to six parties, whose amounts lie at one scale, within some decades, or at any scales together.
Of each the most that can go round is worked out in fractions, by taking in circles as long as one helps; so are its totals
and its loops with the least amount on each. `ouro measure` must come to the same, within what it says of itself (amounts are
whole multiples of 2⁻⁶¹ of the total), or refuse: amounts below 10⁻³⁰⁰ or above 10³⁰⁰ are refused, with a sentence, and no others.
"""
import argparse
import collections
import concurrent.futures
import itertools
import json
import os
import random
import subprocess
import sys
from fractions import Fraction


LEAST, LARGEST = 1e-300, 1e300


def random_network(chance):
    """Distinct pairs with amounts, as text; and the band of scales they are of."""
    count = chance.randint(2, 6)
    pairs = [pair for pair in itertools.permutations(range(count), 2) if chance.random() < 0.5] or [(0, 1)]
    band = chance.choices(["plain", "one scale", "some decades", "any"], [50, 20, 20, 10])[0]
    middle = chance.uniform(-12, 15) if band == "plain" else chance.uniform(-300, 300)
    spread = {"plain": 3, "one scale": 1, "some decades": 12, "any": 0}[band]
    low, high = (-12.0, 15.0) if band == "plain" else (-300.0, 300.0)

    def amount():
        exponent = chance.uniform(low, high) if band == "any" else middle + chance.uniform(-spread, spread)
        exponent = min(max(exponent, low), high)
        whole = int(exponent // 1)
        digits = chance.choice([1, 2, 5, chance.randint(1, 999_999)])
        return f"{digits}e{whole - len(str(digits)) + 1}" if band != "plain" else repr(
            float(f"{10 ** (exponent - whole):.{chance.randint(0, 9)}f}e{whole}")
        )

    return {pair: amount() for pair in pairs}, band


def circle(flow, capacity):
    """A circle along which more can go round than is taken back, with how much; `None` where there is none."""
    residual = [(a, b, 1, capacity[a, b] - flow[a, b]) for a, b in capacity] + [(b, a, -1, flow[a, b]) for a, b in capacity]
    residual = [arc for arc in residual if arc[3] > 0]
    nodes = {node for pair in capacity for node in pair}
    gain, before = dict.fromkeys(nodes, 0), {}
    for _ in range(len(nodes)):
        changed = None
        for arc in residual:
            if gain[arc[0]] + arc[2] > gain[arc[1]]:
                gain[arc[1]], before[arc[1]], changed = gain[arc[0]] + arc[2], arc, arc[1]
    if changed is None:
        return None
    for _ in nodes:
        changed = before[changed][0]
    arcs, node = [], changed
    while not arcs or node != changed:
        arcs.append(before[node])
        node = before[node][0]
    return arcs, min(arc[3] for arc in arcs)


def circulation(amounts):
    """The most that can go round, exactly."""
    flow = dict.fromkeys(amounts, Fraction(0))
    for _ in range(20_000):
        found = circle(flow, amounts)
        if found is None:
            return sum(flow.values())
        for a, b, way, _ in found[0]:
            flow[(a, b) if way > 0 else (b, a)] += way * found[1]
    return None


def loops(amounts):
    """The least amount on each loop, largest first."""
    nodes = sorted({node for pair in amounts for node in pair})
    found = []
    for length in range(2, len(nodes) + 1):
        for chosen in itertools.permutations(nodes, length):
            pairs = list(zip(chosen, chosen[1:] + chosen[:1], strict=True))
            if chosen[0] == min(chosen) and all(pair in amounts for pair in pairs):
                found.append(min(amounts[pair] for pair in pairs))
    return sorted(found, reverse=True)


def ask(ouro, measure, edges):
    done = subprocess.run([ouro, "measure", measure, "-", "--json"], input=edges, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return json.loads(done.stdout)
    if done.returncode == 65 and "amount there can be" in done.stderr:
        return None
    raise AssertionError(f"exit {done.returncode}: {done.stderr}")


def check(ouro, network):
    """The band and whether it was refused, and what differs: nothing where all agrees."""
    texts, band = network
    outside = any(not LEAST <= float(text) <= LARGEST for text in texts.values())
    return (band, "refused" if outside else "answered"), difference(ouro, texts, outside)


def difference(ouro, texts, outside):
    amounts = {pair: Fraction(float(text)) for pair, text in texts.items()}
    edges = "from,to,weight\n" + "".join(f"p{a},p{b},{text}\n" for (a, b), text in texts.items())
    answers = [ask(ouro, measure, edges) for measure in ("closure", "cycles")]
    if outside or None in answers:
        return None if outside and answers == [None, None] else f"refused {not outside}, answered {outside}: {texts}"
    closure, cycles = answers
    total, most, least = sum(amounts.values()), circulation(amounts), loops(amounts)
    unit = total * len(amounts) / 2**60
    for name, found, wanted in [
        ("total", closure["total"], total), ("circulation", closure["circulation"], most),
        ("share", closure["share"] * float(total), most),
    ]:
        # A number is told to its last digit but one, a share is of a total that was rounded.
        if wanted is not None and abs(Fraction(found) - wanted) > unit + abs(wanted) / 2**51:
            return f"{name}: {found}, not {float(wanted)}: {texts}"
    if cycles["count"] != len(least):
        return f"loops: {cycles['count']}, not {len(least)}: {texts}"
    largest = [loop["bottleneck"] for loop in cycles["top"]]
    if largest != [float(value) for value in least[: len(largest)]]:
        return f"least amounts: {largest}, not {[float(value) for value in least[:5]]}: {texts}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ouro")
    parser.add_argument("--networks", type=int, default=300)
    options = parser.parse_args()
    chance, seen = random.Random(7), collections.Counter()
    networks = [random_network(chance) for _ in range(options.networks)]
    # As many at a time as there are processors: an answer takes as long as the program takes to start.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for number, (kind, fault) in enumerate(workers.map(lambda network: check(options.ouro, network), networks)):
            seen[kind] += 1
            if fault:
                workers.shutdown(cancel_futures=True)
                sys.exit(f"scales: network {number}: {fault}")
    told = ", ".join(f"{band} {what} {count}" for (band, what), count in sorted(seen.items()))
    print(f"scales: {options.networks} networks in exact arithmetic agree ({told})")


main()

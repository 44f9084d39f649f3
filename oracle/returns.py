"""Checks `ouro scan --split` against a linear programme (SciPy, HiGHS).

    python oracle/returns.py path/to/ouro [--networks N] [--seed S]

On N random files (at most 2,000) with ties, waiting and payments in parallel: for every party and every moment at which it
pays, the most that can come back by any way, through at least two others, and between two, as the solver has it;
then the best start of each party.

Exits with 1, and the first files that differ, where any does.
"""

import csv
import json
import os
import random
import subprocess
import tempfile

import numpy as np
from agreement import Faults, arguments
from scipy.optimize import linprog

TOGETHER = 25


class Case:
    def __init__(self, rng, prefix, window, ties):
        self.window, self.ties = window, ties
        parties = [f"{prefix}p{i}" for i in range(rng.randint(2, 5))]
        moments = rng.randint(3, 14)
        rows = [
            (rng.randint(0, moments), rng.choice(parties), rng.choice(parties), rng.randint(0, 9))
            for _ in range(rng.randint(0, 16))
        ]
        self.rows = rows
        self.parties = parties

    def most(self, home, start, through, only=None, first_alone=False):
        """The most that comes home to `home`; each pool of money at a party never goes below nothing."""
        pays = [
            row
            for row in self.rows
            if start <= row[0] <= start + self.window and row[1] != row[2] and row[3] > 0
            and (only is None or {row[1], row[2]} == {home, only})
            and not (first_alone and row[1] == home and row[0] != start)
        ]
        # A variable for each payment and pool it takes from: 0 what came straight, 1 what came through another.
        names = []
        for number, (_, payer, payee, _) in enumerate(pays):
            pools = [0] if payer == home else [0, 1]
            if through and payee == home:
                pools = [1] if payer != home else []
            names += [(number, pool) for pool in pools]
        if not names:
            return 0
        place = {name: k for k, name in enumerate(names)}
        rows, right = [], []
        for number, pay in enumerate(pays):
            row = np.zeros(len(names))
            for pool in (0, 1):
                if (number, pool) in place:
                    row[place[number, pool]] = 1
            rows.append(row)
            right.append(pay[3])
        for party in {p for pay in pays for p in pay[1:3]} - {home}:
            for moment in {pay[0] for pay in pays if pay[1] == party}:
                for pool in (0, 1):
                    row = np.zeros(len(names))
                    for number, (time, payer, payee, _) in enumerate(pays):
                        if payer == party and time <= moment and (number, pool) in place:
                            row[place[number, pool]] += 1
                        came = time <= moment if self.ties else time < moment
                        if payee == party and came and pool == (0 if payer == home else 1):
                            for own in (0, 1):
                                if (number, own) in place:
                                    row[place[number, own]] -= 1
                    rows.append(row)
                    right.append(0)
        gain = np.array([-1.0 if pays[number][2] == home else 0.0 for number, _ in names])
        best = linprog(gain, A_ub=np.array(rows), b_ub=right, bounds=(0, None), method="highs")
        return round(-best.fun)

    def found(self, home, start):
        others = [p for p in self.parties if p != home]
        two = sum(self.most(home, start, False, only=other) for other in others)
        return self.most(home, start, False), self.most(home, start, True), two

    def starts(self, home):
        moments = sorted({t for t, payer, payee, a in self.rows if payer == home != payee and a > 0})
        return [t for t in moments if self.most(home, t, False, first_alone=True) > 0]


def ask(ouro, path, window, ties):
    command = [ouro, "scan", path, "--within", str(window), "--split", "--json", "--top", "1000000",
               "--allow-ties" if ties else "--no-allow-ties"]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise AssertionError(f"{' '.join(command)}: {run.returncode} {run.stderr}")
    return json.loads(run.stdout)


def moment(time):
    # The first moment of a day is written as the day.
    return f"2025-01-01T00:00:{time:02d}Z" if time else "2025-01-01"


def check(case, answer):
    """The first of each party's list, and nothing for parties without any."""
    lists = {"returned": {}, "through_others": {}}
    for key, first in lists.items():
        for finding in answer[key]:
            first.setdefault(finding["party"], finding)
    for party in case.parties:
        windows = {t: case.found(party, t) for t in case.starts(party)}
        for key, place in (("returned", 0), ("through_others", 1)):
            some = {t: f for t, f in windows.items() if f[place] > 0}
            best = min(some, key=lambda t: (-some[t][place], t)) if some else None
            finding = lists[key].get(party)
            if best is None or (key == "through_others" and some[best][0] == some[best][2]):
                # What two alone explain is not told, but for another window that they do not.
                if finding and best is None:
                    raise AssertionError(f"{party} {key}: ouro has {finding['returned']}, the solver nothing")
                continue
            if finding is None:
                raise AssertionError(f"{party} {key}: the solver has {some[best]} from {best}, ouro nothing")
            start = next(t for t in windows if moment(t) == finding["window_from"])
            told = (finding["most"], finding["through_others"], finding["between_two"])
            if told != windows[start]:
                raise AssertionError(f"{party} {key} from {start}: ouro has {told}, the solver {windows[start]}")
            # The list through others is ranked by what two do not explain; a party's first is its best by most in the other.
            if key == "returned" and finding["window_from"] != moment(best):
                raise AssertionError(f"{party} {key}: ouro begins {finding['window_from']}, the solver at {best}")
            if key == "through_others":
                mine = [f for f in answer[key] if f["party"] == party]
                if max(f["through_others"] for f in mine) != some[best][1]:
                    raise AssertionError(f"{party} {key}: the solver has {some[best]}, ouro {told}")
            if finding["returned"] != told[place]:
                raise AssertionError(f"{party} {key}: {finding['returned']} are told of {told[place]}")


def main():
    options, faults = arguments(150, most=2_000), Faults()
    count = options.networks
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "payments.csv")
        for block in range(0, count, TOGETHER):
            rng = random.Random(f"{options.seed}-{block}")
            window, ties = rng.randint(1, 14), block // TOGETHER % 3 == 0
            # Many at a time, which share no party.
            cases = [Case(rng, f"n{n}", window, ties) for n in range(block, min(count, block + TOGETHER))]
            with open(path, "w", newline="") as file:
                rows = csv.writer(file, lineterminator="\n")
                rows.writerow(["time", "payer", "payee", "amount"])
                for case in cases:
                    rows.writerows([moment(t), payer, payee, a] for t, payer, payee, a in case.rows)
            answer = ask(options.ouro, path, window, ties)
            for number, case in enumerate(cases):
                faults.note(block + number, check, case, answer)
    faults.end("money split and rejoined", count)


if __name__ == "__main__":
    main()

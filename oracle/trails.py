"""Checks `ouro follow` and `ouro trace` in payments against an independent version, cent by cent.

    python oracle/trails.py path/to/ouro [--networks N] [--seed S]

On N random files (at most 1,000) each, with ties, overdrafts, payments to oneself, and balances stated or not:
  follow  a sum by first in first out, last in first out and lowest balance, every cent in a list; pro rata in fractions
  trace   a receipt by the same rules, the lowest balance claim by claim

Exits with 1, and the first files that differ, where any does.
"""

import csv
import json
import os
import random
import subprocess
import tempfile
from collections import Counter
from fractions import Fraction

from agreement import Faults, arguments

RULES = ["pro-rata", "fifo", "lifo", "lowest-balance"]


def half_up(value):
    return (2 * value + 1).numerator // (2 * value + 1).denominator // 2


class File:
    """Payments in the order in which accounts book them, and what accounts held at first."""

    def __init__(self, rng):
        self.parties = [f"p{i}" for i in range(rng.randint(2, 6))]
        moments = rng.randint(1, 12)
        rows = [
            (rng.randrange(moments), rng.choice(self.parties), rng.choice(self.parties), rng.randint(1, 900))
            for _ in range(rng.randint(3, 22))
        ]
        self.rows = rows
        self.order = sorted(range(len(rows)), key=lambda i: (rows[i][0], i))
        self.stated = {
            p: rng.randint(-300, 900) for p in self.parties if rng.random() < 0.6
        }
        self.openings = {p: 0 for p in self.parties}
        balance = dict(self.openings)
        for _, payer, payee, amount in (rows[i] for i in self.order):
            if payer == payee:
                continue
            balance[payer] -= amount
            self.openings[payer] = max(self.openings[payer], -balance[payer])
            balance[payee] += amount
        self.openings.update(self.stated)

    def write(self, folder):
        payments, openings = (os.path.join(folder, name) for name in ("payments.csv", "openings.csv"))
        # A party of no payment has no balance either.
        known = {p for row in self.rows for p in row[1:3]}
        with open(payments, "w", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["time", "payer", "payee", "amount"])
            for time, payer, payee, amount in self.rows:
                out.writerow([f"2025-01-01T00:00:{time:02d}Z", payer, payee, f"{amount / 100:.2f}"])
        with open(openings, "w", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["party", "balance"])
            out.writerows([p, f"{b / 100:.2f}"] for p, b in self.stated.items() if p in known)
        return payments, openings

    def booked(self):
        return [(i, *self.rows[i]) for i in self.order if self.rows[i][1] != self.rows[i][2]]


def leaving(candidates, amount):
    """Which payments a sum leaves by: one of just as much, else in order until it is whole."""
    for index, whole in candidates:
        if whole == amount:
            return {index: amount}
    parts, left = {}, amount
    for index, whole in candidates:
        if left and whole:
            parts[index] = min(left, whole)
            left -= parts[index]
    return parts


def follow_cents(file, party, parts, rule):
    """Every cent of each account in a list, the oldest first: traced or not."""
    accounts = {p: [False] * max(0, b) for p, b in file.openings.items()}
    debt = {p: max(0, -b) for p, b in file.openings.items()}
    back, repaid = 0, Counter()
    for index, _, payer, payee, amount in file.booked():
        moved = []
        for _ in range(amount):
            account = accounts[payer]
            if not account:
                debt[payer] += 1
                moved.append(False)
            elif rule == "fifo":
                moved.append(account.pop(0))
            elif rule == "lifo":
                moved.append(account.pop())
            else:
                moved.append(account.pop(account.index(False) if False in account else 0))
        if index in parts:
            moved = [True] * parts[index] + [False] * (amount - parts[index])
        if payee == party:
            back += sum(moved)
            moved = [False] * amount
        if rule == "lowest-balance":
            # An account's own money pays its bank first.
            moved.sort()
        for cent in moved:
            if debt[payee]:
                debt[payee] -= 1
                repaid[payee] += cent
            else:
                accounts[payee].append(cent)
    held = Counter({p: sum(a) for p, a in accounts.items() if sum(a)})
    return held, back, +repaid


def follow_shares(file, party, parts):
    """Pro rata: of a balance b with t of the sum a payment of a moves a·t/b, to the nearest cent."""
    balance, traced = dict(file.openings), Counter()
    back, repaid = 0, Counter()
    for index, _, payer, payee, amount in file.booked():
        own = min(amount, max(0, balance[payer]))
        moved = half_up(Fraction(traced[payer] * own, balance[payer])) if own else 0
        traced[payer] -= moved
        balance[payer] -= amount
        moved = parts.get(index, moved)
        if payee == party:
            back, moved = back + moved, 0
        owed = min(amount, max(0, -balance[payee]))
        lost = half_up(Fraction(moved * owed, amount)) if amount else 0
        repaid[payee] += lost
        traced[payee] += moved - lost
        balance[payee] += amount
    return +traced, back, +repaid


def trace_cents(file, party, parts, last, rule):
    """Where every cent began: with whom it lay at first, or whose bank lent it (`-name`)."""
    accounts = {p: [p] * max(0, b) for p, b in file.openings.items()}
    debt = {p: max(0, -b) for p, b in file.openings.items()}
    origins = Counter()
    for index, _, payer, payee, amount in file.booked():
        moved = []
        for _ in range(amount):
            account = accounts[payer]
            if account:
                moved.append(account.pop(0) if rule == "fifo" else account.pop())
            else:
                debt[payer] += 1
                moved.append("-" + payer)
        if payer == party:
            moved = [party] * amount
        origins.update(moved[: parts.get(index, 0)])
        if index == last:
            return origins
        for cent in moved:
            if debt[payee]:
                debt[payee] -= 1
            else:
                accounts[payee].append(cent)
    raise AssertionError("the receipt is among the payments")


def claim_cents(file, party, parts, last, claimant):
    """What leaves last is the claimant's: how much of the receipt that makes."""
    own = {p: max(0, b) if p == claimant else 0 for p, b in file.openings.items()}
    other = {p: max(0, b) if p != claimant else 0 for p, b in file.openings.items()}
    debt = {p: max(0, -b) for p, b in file.openings.items()}
    claimed = 0
    for index, _, payer, payee, amount in file.booked():
        others = min(amount, other[payer])
        mine = min(amount - others, own[payer])
        other[payer] -= others
        own[payer] -= mine
        debt[payer] += amount - others - mine
        if payer == party:
            mine = amount if claimant == party else 0
        claimed += min(parts.get(index, 0), mine)
        if index == last:
            return claimed
        rest = amount - mine
        paid = min(debt[payee], rest)
        debt[payee] -= paid
        other[payee] += rest - paid
        paid = min(debt[payee], mine)
        debt[payee] -= paid
        own[payee] += mine - paid
    raise AssertionError("the receipt is among the payments")


def trace_shares(file, party, parts, last):
    """Pro rata, from the receipt back: a payment meets as much of a demand as it was of the balance then."""
    balance, seen = dict(file.openings), []
    for index, _, payer, payee, amount in file.booked():
        own = min(amount, max(0, balance[payer]))
        balance[payer] -= amount
        before = balance[payee]
        balance[payee] += amount
        seen.append((index, payer, payee, amount, own, before))
        if index == last:
            break
    wanted, origins = Counter(), Counter()
    for index, payer, payee, amount, own, before in reversed(seen):
        moved = parts.get(index, 0)
        if payee != party and wanted[payee]:
            kept = amount - min(amount, max(0, -before))
            want = wanted[payee]
            share = half_up(Fraction(want * kept, before + amount)) if kept else 0
            met = min(max(share, want - max(0, before)), want, kept)
            wanted[payee] -= met
            moved += met
        if not moved:
            continue
        if payer == party:
            origins[party] += moved
            continue
        mine = half_up(Fraction(moved * own, amount))
        mine = min(max(mine, moved - (amount - own)), moved, own)
        wanted[payer] += mine
        origins["-" + payer] += moved - mine
    origins.update(wanted)
    return +origins


def cents(amount):
    return round(amount * 100)


def shares(rows):
    return Counter({row["id"]: cents(row["amount"]) for row in rows})


def ask(ouro, command, payments, openings, *options):
    line = [ouro, command, payments, *options, "--openings", openings, "--json"]
    run = subprocess.run(line, capture_output=True, text=True)
    if run.returncode:
        raise AssertionError(f"{' '.join(line)}: {run.returncode} {run.stderr}")
    return {answer["rule"]: answer for answer in json.loads(run.stdout)["rules"]}


def same(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: ouro has {found}, the oracle {wanted}")


def check_follow(ouro, file, rng, paths):
    index, time, payer, _, amount = rng.choice(file.booked())
    amount = rng.randint(1, amount)
    parts = leaving([(r[0], r[4]) for r in file.booked() if r[1] == time and r[2] == payer], amount)
    moment = f"2025-01-01T00:00:{time:02d}Z"
    if time == 0:
        # A day's first moment stands for the day.
        parts = leaving([(r[0], r[4]) for r in file.booked() if r[2] == payer], amount)
    answers = ask(ouro, "follow", *paths, "--from", payer, "--at", moment, "--amount", f"{amount / 100:.2f}")
    for rule in RULES:
        if rule == "pro-rata":
            held, back, repaid = follow_shares(file, payer, parts)
        else:
            held, back, repaid = follow_cents(file, payer, parts, rule)
        answer = answers[rule]
        same(shares(answer["held"]), held, f"follow {rule} held")
        same(cents(answer["came_back"]), back, f"follow {rule} came back")
        same(shares(answer["repaid_overdrafts"]), repaid, f"follow {rule} repaid")


def check_trace(ouro, file, rng, paths):
    _, time, _, payee, _ = rng.choice(file.booked())
    arriving = [(r[0], r[4]) for r in file.booked() if (r[1] == time or time == 0) and r[3] == payee]
    amount = rng.randint(1, sum(a for _, a in arriving))
    parts = leaving(arriving, amount)
    last = [i for i, _ in arriving if i in parts][-1]
    moment = f"2025-01-01T00:00:{time:02d}Z"
    answers = ask(ouro, "trace", *paths, "--to", payee, "--at", moment, "--amount", f"{amount / 100:.2f}")
    for rule in RULES:
        found = Counter(
            {("-" if o["kind"] == "overdraft" else "") + o["id"]: cents(o["amount"]) for o in answers[rule]["origins"]}
        )
        if rule == "pro-rata":
            wanted = trace_shares(file, payee, parts, last)
        elif rule == "lowest-balance":
            claims = {p: claim_cents(file, payee, parts, last, p) for p in file.parties}
            wanted = +Counter(claims)
        else:
            wanted = trace_cents(file, payee, parts, last, rule)
        same(found, wanted, f"trace {rule}")


def main():
    options, faults = arguments(200, most=1_000), Faults()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.networks):
            rng = random.Random(f"{options.seed}-{number}")
            file = File(rng)
            if not file.booked():
                continue
            paths = file.write(folder)
            for check in (check_follow, check_trace):
                faults.note(number, check, options.ouro, file, rng, paths)
    faults.end("follow and trace by four rules", options.networks)


if __name__ == "__main__":
    main()

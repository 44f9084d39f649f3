"""Checks `ouro project` against the months of docs/model.md, worked out again in exact fractions.

    python oracle/projection.py path/to/ouro [--networks N] [--seed S]

On N random small books with scenarios (3 to 6 parties, deals, habits, shocks) the middle path is
recomputed month by month: what falls due, who is paid what, who raises money, who fails. Cash at the
end of every month, debt, money raised, losses, months of failure, and every pair's money must agree to
the cent. On the same books three paths of chance are drawn again from Philox 4x32-10, and failures and
losses must agree.

Exits with 1, and the first books that differ, where any does.
"""

import argparse
import calendar
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from functools import partial, reduce
from fractions import Fraction

from agreement import disagree

MONTHS = 14
YEAR = 2026
OUTSIDE = -1


# Books and scenarios


def random_case(rng):
    """A book and a scenario as plain values, cents as whole numbers."""
    count = rng.randint(3, 6)
    money = lambda low, high: rng.randint(low, high)
    # Twelfths in whole cents: the engine's doubles may round an exact half either way.
    yearly = lambda low, high: 12 * rng.randint(low // 12, high // 12)
    parties = []
    for _ in range(count):
        known = rng.random() < 0.85
        parties.append(
            {
                "revenue": yearly(2_000_000, 9_000_000),
                "costs": yearly(2_000_000, 8_000_000),
                "capex": rng.choice([0, yearly(1, 2_000_000)]),
                "cash": money(0, 900_000) if known else None,
                "debt": money(0, 2_000_000) if rng.random() < 0.6 else None,
            }
        )
    habits = {}
    for u in range(count):
        for v in range(count):
            if u != v and rng.random() < 0.35:
                habits[u, v] = yearly(1_000, 400_000)
    deals = [random_deal(rng, count, number, money) for number in range(rng.randint(2, 6))]
    case = {"parties": parties, "habits": habits, "deals": deals}
    case["scenario"] = random_scenario(rng, case, money)
    return case


def random_deal(rng, count, number, money):
    kind = rng.choice(["purchase", "purchase", "purchase", "loan", "equity", "option"])
    payer, payee = rng.sample(range(OUTSIDE, count), 2)
    if payee == OUTSIDE and kind != "purchase":
        payer, payee = payee, payer
    low = money(100_000, 30_000_000)
    first = rng.randint(0, MONTHS - 2)
    return {
        "id": f"d{number}",
        "payer": payer,
        "payee": payee,
        "kind": kind,
        "low": low,
        "high": low if rng.random() < 0.6 else low + money(1, 10_000_000),
        "first": first,
        "last": rng.randint(first, MONTHS + 6),
    }


def number(rng, low, high, digits=None):
    """Dollars in even cents, so that the middle of two is whole cents; shares so fine that ties are rare."""
    if digits == "year":
        return Fraction(24 * rng.randint(round(low * 100 / 24), round(high * 100 / 24)), 100)
    if digits is None:
        digits = 2 if high > 3 else 5
    even = 2 if digits else 1
    unit = 10**digits // even if digits else 1
    return Fraction(rng.randint(round(low * unit), round(high * unit)), unit)


def uncertain(rng, low, high, digits=None):
    """A value, or a distribution."""
    kind = rng.choice(["fixed", "fixed", "uniform", "triangular", "choice"])
    values = sorted(number(rng, low, high, digits) for _ in range(3))
    if kind == "fixed":
        return ("fixed", values[0])
    if kind == "uniform":
        return ("uniform", values[0], values[2])
    if kind == "triangular":
        return ("triangular", *values)
    weight = Fraction(rng.randint(1, 9), 10)
    return ("choice", (values[0], weight), (values[2], 1 - weight))


def random_scenario(rng, case, money):
    count, deals = len(case["parties"]), case["deals"]
    outside = {
        "demand-growth": uncertain(rng, -0.3, 0.6),
        "rate": uncertain(rng, 0, 0.2),
    }
    if rng.random() < 0.5:
        outside["demand-volatility"] = uncertain(rng, 0, 0.5)
        outside["market-volatility"] = uncertain(rng, 0, 0.5)
    parties, investors = {}, {}
    for party in range(count):
        figures = {}
        ranges = {
            "facility": (0, 9000), "market-value": (0, 200_000), "receipts": (5000, 90_000),
            "spending": (5000, 90_000), "debt-limit": (0, 60_000), "debt": (0, 20_000),
            "growth": (-0.4, 0.9), "response": (0, 1.5), "rate": (0, 0.2),
            "equity-share": (0, 0.3), "volatility": (0, 0.8), "recovery": (0, 1),
        }
        for name, (low, high) in ranges.items():
            if rng.random() < 0.3:
                figures[name] = uncertain(rng, low, high, "year" if high == 90_000 else None)
        if figures:
            parties[party] = figures
        if rng.random() < 0.3:
            other = rng.choice([v for v in range(count) if v != party])
            investors[party] = {other: uncertain(rng, 0, 1)}
    terms, receipts = {}, [Fraction(0)] * count
    for deal in deals:
        settled = {}
        if rng.random() < 0.3:
            settled["grace"] = rng.randint(0, 3)
            if rng.random() < 0.5:
                settled["taker"] = rng.randint(OUTSIDE, count - 1)
        inside = deal["payer"] >= 0 and deal["payee"] >= 0
        if inside and deal["kind"] == "purchase" and rng.random() < 0.2:
            share = number(rng, 0, 0.4)
            if receipts[deal["payer"]] == 0:
                receipts[deal["payer"]] = share
                settled["of-receipts"] = share
                settled["of-cash"] = number(rng, 0, 0.3)
        if settled:
            terms[deal["id"]] = settled
    shocks = [random_shock(rng, case, money) for _ in range(rng.randint(0, 4))]
    return {
        "outside": outside, "parties": parties, "investors": investors, "deals": terms,
        "shocks": without_contradictions(shocks, terms),
    }


def random_shock(rng, case, money):
    count, deals = len(case["parties"]), case["deals"]
    party = rng.randrange(count)
    deal = rng.choice(deals)
    verb = rng.choice(
        ["withdraw", "delay", "amend", "amend-amount", "novate", "exercise", "share-price", "raise",
         "freeze", "default", "lose-share", "lose-customer", "offering", "demand-growth", "rate",
         "shut-market"]
    )
    shock = {"verb": verb, "on": rng.randrange(MONTHS)}
    if verb in ("withdraw", "exercise"):
        shock["deals"] = [deal["id"]]
    elif verb == "delay":
        shock["deals"] = rng.choice([[deal["id"]], "all"])
        shock["months"] = uncertain(rng, 0, 6, 0)
    elif verb == "amend":
        shock.update(deals=[deal["id"]], factor=uncertain(rng, 0, 2))
    elif verb == "amend-amount":
        shock.update(deals=[deal["id"]], amount=uncertain(rng, 100, 90_000))
    elif verb == "novate":
        shock.update(deals=[deal["id"]], to=rng.randint(OUTSIDE, count - 1))
    elif verb == "share-price":
        shock.update(party=party, change=uncertain(rng, -0.9, 0.5))
    elif verb == "raise":
        shock.update(party=party, factor=uncertain(rng, 0, 1.5))
    elif verb in ("freeze", "default"):
        shock.update(party=party)
    elif verb == "lose-share":
        shock.update(party=party, share=uncertain(rng, 0, 1))
    elif verb == "lose-customer":
        shock.update(party=party, customer=rng.choice([v for v in range(count) if v != party]))
    elif verb == "offering":
        shock.update(party=party, amount=uncertain(rng, 100, 20_000))
    elif verb == "demand-growth":
        shock.update(value=uncertain(rng, -0.5, 1))
    elif verb == "rate":
        shock.update(value=uncertain(rng, 0, 0.3))
    elif verb == "shut-market":
        shock.update(value=uncertain(rng, 0, 5, 0))
    if rng.random() < 0.3:
        shock["chance"] = Fraction(rng.randint(1, 9), 10)
    if rng.random() < 0.25:
        shock["when"] = rng.choice(
            [("failed", rng.randrange(count)), ("cash-below", party, number(rng, 100, 9000)),
             ("late", deal["id"], rng.randint(1, 4))]
        )
    return shock


def without_contradictions(shocks, terms):
    """No two changes of one deal in one month; no share of receipts with a payer outside."""
    kept, seen = [], set()
    for shock in shocks:
        named = shock.get("deals")
        if isinstance(named, list):
            if (named[0], shock["on"]) in seen:
                continue
            seen.add((named[0], shock["on"]))
            if "of-receipts" in terms.get(named[0], {}) and shock["verb"] != "withdraw":
                continue
        kept.append(shock)
    return kept


def name(party):
    return "clients" if party == OUTSIDE else f"p{party}"


def dollars(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def month_name(index):
    return f"{YEAR + index // 12}-{index % 12 + 1:02d}"


def write(rows, header, path):
    with open(path, "w", newline="") as file:
        table = csv.DictWriter(file, header.split(","), restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def write_book(case, folder):
    parties = [
        {"id": name(p), "name": name(p), "kind": "company", "inside": "yes"}
        for p in range(len(case["parties"]))
    ] + [{"id": "clients", "name": "clients", "kind": "enterprises", "inside": "no"}]
    write(parties, "id,name,kind,parent,inside,identifiers,note", f"{folder}/parties.csv")
    source = {"id": "s", "publisher": "p", "title": "t", "kind": "filing"}
    write([source], "id,publisher,title,published,url,kind,seen_as,note", f"{folder}/sources.csv")
    deals, claims, facts = [], [], []
    for deal in case["deals"]:
        ends = {"payer": name(deal["payer"]), "payee": name(deal["payee"])}
        deals.append({"id": deal["id"], "kind": deal["kind"], "title": "t", **ends})
        claims.append(
            {
                "id": "c" + deal["id"], "deal": deal["id"], "source": "s", "reported": "2025-12-01",
                "status": "signed", "level": "binding", "low": dollars(deal["low"]),
                "high": dollars(deal["high"]), "currency": "USD",
                "start": month_name(deal["first"]), "end": month_name(deal["last"]),
            }
        )

    def fact(party, metric, cents, start, other=""):
        facts.append(
            {
                "id": f"f{len(facts)}", "party": name(party), "counterparty": other, "metric": metric,
                "low": dollars(cents), "high": dollars(cents), "unit": "USD", "start": start,
                "end": "2025-12-31", "source": "s", "reported": "2025-12-31",
            }
        )

    for party, figures in enumerate(case["parties"]):
        for metric, cents in figures.items():
            if cents is not None:
                fact(party, metric, cents, "2025-12-31" if metric in ("cash", "debt") else "2025-01-01")
    for (payer, payee), cents in case["habits"].items():
        fact(payee, "revenue-from", cents, "2025-01-01", name(payer))
    write(deals, "id,payer,payee,kind,title,capacity,capacity_unit,note", f"{folder}/deals.csv")
    write(
        claims,
        "id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,"
        "new_payer,quote,note,confidence",
        f"{folder}/claims.csv",
    )
    write(
        facts,
        "id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,"
        "note,confidence",
        f"{folder}/facts.csv",
    )
    write([], "id,name,low,high,unit,basis,reason,source,note", f"{folder}/assumptions.csv")


def plain(value):
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def yaml(quantity):
    kind, *values = quantity
    if kind == "fixed":
        return plain(values[0])
    if kind == "choice":
        options = ", ".join(f"{{value: {plain(v)}, weight: {plain(w)}}}" for v, w in values)
        return f"{{choice: [{options}]}}"
    return f"{{{kind}: [{', '.join(plain(v) for v in values)}]}}"


def write_scenario(case, path):
    scenario = case["scenario"]
    lines = ["name: oracle", f"months: {MONTHS}", "outside:"]
    lines += [f"  {key}: {yaml(value)}" for key, value in scenario["outside"].items()]
    lines.append("parties:")
    for party in range(len(case["parties"])):
        entries = [f"    {k}: {yaml(v)}" for k, v in scenario["parties"].get(party, {}).items()]
        for investor, share in scenario["investors"].get(party, {}).items():
            entries.append(f"    investors: {{{name(investor)}: {yaml(share)}}}")
        if entries:
            lines += [f"  {name(party)}:"] + entries
    if lines[-1] == "parties:":
        lines.pop()
    if scenario["deals"]:
        lines.append("deals:")
        for deal, terms in scenario["deals"].items():
            text = ", ".join(
                f"{k}: {name(v) if k == 'taker' else v if k == 'grace' else plain(v)}"
                for k, v in terms.items()
            )
            lines.append(f"  {deal}: {{{text}}}")
    if scenario["shocks"]:
        lines.append("shocks:")
        lines += [f"  - {{{shock_text(shock)}}}" for shock in scenario["shocks"]]
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")


def shock_text(shock):
    verb = shock["verb"]
    deals = shock.get("deals")
    target = deals if isinstance(deals, str) else f"[{', '.join(deals)}]" if deals else None
    if target is None and "party" in shock:
        target = name(shock["party"])
    key = {"amend-amount": "amend", "lose-share": "lose-customer"}.get(verb, verb)
    words = [f"{key}: {target or yaml(shock['value'])}", f"on: {month_name(shock['on'])}"]
    for part in ("months", "factor", "amount", "change", "share"):
        if part in shock:
            words.append(f"{part}: {yaml(shock[part])}")
    if "to" in shock:
        words.append(f"to: {name(shock['to'])}")
    if "customer" in shock:
        words.append(f"customer: {name(shock['customer'])}")
    if "chance" in shock:
        words.append(f"chance: {plain(shock['chance'])}")
    if "when" in shock:
        kind, *rest = shock["when"]
        value = {
            "failed": lambda p: f"failed: {name(p)}",
            "cash-below": lambda p, x: f"cash-below: {name(p)}, amount: {plain(x)}",
            "late": lambda d, n: f"late: {d}, months: {n}",
        }[kind](*rest)
        words.append(f"when: {{{value}}}")
    return ", ".join(words)


# Chance


def philox(counter, key):
    x, y, z, w = counter
    k0, k1 = key
    mask = 0xFFFFFFFF
    for round_ in range(10):
        if round_:
            k0, k1 = (k0 + 0x9E3779B9) & mask, (k1 + 0xBB67AE85) & mask
        first, second = x * 0xD2511F53, z * 0xCD9E8D57
        x, y, z, w = (second >> 32) ^ y ^ k0, second & mask, (first >> 32) ^ w ^ k1, first & mask
    return x, y, z, w


def normal_quantile(p):
    """Acklam's approximation."""
    a = [-3.969683028665376e01, 2.209460984245205e02, -2.759285104469687e02, 1.383577518672690e02,
         -3.066479806614716e01, 2.506628277459239e00]
    b = [-5.447609879822406e01, 1.615858368580409e02, -1.556989798598866e02, 6.680131188771972e01,
         -1.328068155288572e01, 1.0]
    c = [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e00,
         -2.549732539343734e00, 4.374664141464968e00, 2.938163982698783e00]
    d = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e00, 3.754408661907416e00, 1.0]
    poly = lambda coefficients, x: reduce(lambda s, k: s * x + k, coefficients)
    if p < 0.02425:
        q = math.sqrt(-2 * math.log(p))
        return poly(c, q) / poly(d, q)
    if p > 1 - 0.02425:
        return -normal_quantile(1 - p)
    q = p - 0.5
    return poly(a, q * q) * q / poly(b, q * q)


FIGURES = [
    "cash", "debt", "facility", "market-value", "receipts", "spending", "growth", "response", "rate",
    "equity-share", "debt-limit", "volatility", "recovery",
]
OUTSIDE_FIGURES = ["demand-growth", "demand-volatility", "rate", "market-volatility"]


class Draws:
    """Numbers between 0 and 1 by slot and month: the middle, or one path of chance."""

    def __init__(self, case, seed=None, path=0):
        self.seed, self.path = seed, path
        self.parties = len(case["parties"])
        self.deals = sorted(deal["id"] for deal in case["deals"])
        self.investors = sum(len(v) for v in case["scenario"]["investors"].values())

    def unit(self, slot, month):
        if self.seed is None:
            return Fraction(1, 2)
        words = philox((slot >> 1, month, self.path, 0), (self.seed, 0))
        low, high = words[:2] if slot % 2 == 0 else words[2:]
        return Fraction((low | high << 32) >> 11) / 2**53 + Fraction(1, 2**54)

    def normal(self, slot, month):
        return 0.0 if self.seed is None else normal_quantile(float(self.unit(slot, month)))

    def figure(self, party, figure):
        return party * len(FIGURES) + FIGURES.index(figure)

    def outside(self, figure):
        return self.parties * len(FIGURES) + OUTSIDE_FIGURES.index(figure)

    def amount(self, deal):
        return self.parties * len(FIGURES) + len(OUTSIDE_FIGURES) + self.deals.index(deal)

    def investor(self, index):
        return self.parties * len(FIGURES) + len(OUTSIDE_FIGURES) + len(self.deals) + index

    def shock(self, index):
        return self.investor(self.investors) + index * (len(self.deals) + 2)


def drawn(quantity, u):
    kind, *values = quantity
    if kind == "fixed":
        return values[0]
    if kind == "uniform":
        return values[0] + u * (values[1] - values[0])
    if kind == "choice":
        reached = Fraction(0)
        for value, weight in values:
            reached += weight
            if u < reached:
                return value
        return values[-1][0]
    low, mode, high = values
    if high == low:
        return low
    if u * (high - low) < mode - low:
        return low + Fraction(math.sqrt(u * (high - low) * (mode - low)))
    return high - Fraction(math.sqrt((1 - u) * (high - low) * (high - mode)))


# The months


def cents(amount):
    """Whole cents, halves away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * math.floor(abs(Fraction(amount)) + Fraction(1, 2))


def monthly(growth):
    return Fraction((1 + float(max(Fraction(-1), growth))) ** (1 / 12))


def part(share, amount):
    return math.floor(Fraction(round(share * 10**9), 10**9) * max(0, amount))


class Path:
    """One path, month by month, after section 7 of docs/model.md."""

    def __init__(self, case, draws):
        self.case, self.draws = case, draws
        self.scenario = case["scenario"]
        self.n = len(case["parties"])
        self.deals = sorted(case["deals"], key=lambda deal: deal["id"])
        self.lay_deals()
        self.lay_habits()
        self.open()

    # What is planned

    def lay_deals(self):
        self.plan, self.low, self.high = {}, {}, {}
        for deal in self.deals:
            days = [calendar.monthrange(YEAR + m // 12, m % 12 + 1)[1] for m in range(deal["last"] + 1)]
            term = sum(days[deal["first"]:])

            def share(month):
                if deal["kind"] == "loan":
                    return Fraction(month == deal["first"])
                inside = deal["first"] <= month <= deal["last"]
                return Fraction(days[month], term) if inside else Fraction(0)

            point = Fraction((deal["low"] + deal["high"]) // 2)
            key = deal["id"]
            self.plan[key] = [cents(point * share(month)) for month in range(MONTHS)]
            ahead = sum(share(month) for month in range(MONTHS))
            self.low[key] = deal["low"] / point if ahead else Fraction(1)
            self.high[key] = deal["high"] / point if ahead else Fraction(1)
            if self.is_share(key):
                self.plan[key] = [0] * MONTHS
                self.low[key] = self.high[key] = Fraction(1)

    def terms(self, deal):
        return self.scenario["deals"].get(deal, {})

    def is_share(self, deal):
        return self.terms(deal).get("of-receipts", 0) > 0 or self.terms(deal).get("of-cash", 0) > 0

    def lay_habits(self):
        n = self.n
        base, self.base_receipts = {}, [Fraction(0)] * n
        for party, figures in enumerate(self.case["parties"]):
            taken = sum(c for (_, v), c in self.case["habits"].items() if v == party)
            given = sum(c for (u, _), c in self.case["habits"].items() if u == party)
            if figures["revenue"] > taken:
                base[OUTSIDE, party] = Fraction(figures["revenue"] - taken, 12)
            if figures["costs"] + figures["capex"] > given:
                base[party, OUTSIDE] = Fraction(figures["costs"] + figures["capex"] - given, 12)
        for pair, amount in self.case["habits"].items():
            base[pair] = Fraction(amount, 12)
        self.habits, self.covered = {}, [[Fraction(0)] * MONTHS for _ in range(n)]
        self.receipts = [[0] * MONTHS for _ in range(n)]
        self.spending = [0] * n
        self.base = base
        for (payer, payee), amount in sorted(base.items()):
            if payee == OUTSIDE:
                self.spending[payer] = cents(amount)
                continue
            self.base_receipts[payee] += amount
            left = []
            for month in range(MONTHS):
                plans = sum(
                    self.plan[deal["id"]][month]
                    for deal in self.deals
                    if (deal["payer"], deal["payee"], deal["kind"]) == (payer, payee, "purchase")
                )
                left.append(max(Fraction(0), amount - plans))
            if payer == OUTSIDE:
                self.receipts[payee] = [cents(x) for x in left]
            else:
                self.habits[payer, payee] = [cents(x) for x in left]
                for month in range(MONTHS):
                    self.covered[payer][month] += amount - left[month]

    def stated(self, party, figure):
        return self.scenario["parties"].get(party, {}).get(figure)

    def value(self, party, figure):
        quantity = self.stated(party, figure)
        if quantity is None:
            return None
        return drawn(quantity, self.draws.unit(self.draws.figure(party, figure), 0))

    def middle(self, party, figure):
        return drawn(self.stated(party, figure), Fraction(1, 2))

    def scale(self, party, figure):
        """How far a drawn figure lies from its middle."""
        quantity = self.stated(party, figure)
        if quantity is None or quantity[0] == "fixed" or self.middle(party, figure) <= 0:
            return Fraction(1)
        return Fraction(self.value(party, figure)) / Fraction(self.middle(party, figure))

    def open(self):
        n, facts, draws = self.n, self.case["parties"], self.draws
        money = lambda party, figure: cents((self.value(party, figure) or 0) * 100)
        self.tracked = [facts[p]["cash"] is not None for p in range(n)]
        self.cash = [facts[p]["cash"] or 0 for p in range(n)]
        self.debt = [
            money(p, "debt") if self.stated(p, "debt") else facts[p]["debt"] or 0 for p in range(n)
        ]
        self.opening_debt = self.debt[:]
        self.facility = [money(p, "facility") for p in range(n)]
        self.limit = [money(p, "debt-limit") for p in range(n)]
        self.market = [Fraction(self.value(p, "market-value") or 0) * 100 for p in range(n)]
        self.equity_share = [Fraction(self.value(p, "equity-share") or 0) for p in range(n)]
        self.recovery = [Fraction(self.value(p, "recovery") or 0) for p in range(n)]
        self.own_rate = [self.value(p, "rate") for p in range(n)]
        self.volatility = [float(self.value(p, "volatility") or 0) for p in range(n)]
        self.own_growth = [self.value(p, "growth") for p in range(n)]
        self.raise_factor = [Fraction(1)] * n
        self.equity_raised, self.raised, self.lost = [0] * n, [0] * n, [0] * n
        self.customer_factor = [Fraction(1)] * n
        self.customer_scale = [self.scale(p, "receipts") for p in range(n)]
        self.spending_scale = [self.scale(p, "spending") for p in range(n)]
        self.settle_figures()
        self.failed, self.received = [None] * n, [None] * n
        self.short_by = [0] * n
        self.owed, self.recovered = [0] * n, [0] * n
        self.lost_outside = self.undisclosed = 0
        self.running, self.factor = {}, {}
        for deal in self.deals:
            key = deal["id"]
            self.running[key] = self.is_share(key) or deal["kind"] != "option"
            u = draws.unit(draws.amount(key), 0)
            fixed = draws.seed is None or self.low[key] == self.high[key]
            self.factor[key] = (
                Fraction(1) if fixed else self.low[key] + u * (self.high[key] - self.low[key])
            )
        self.dormant = {d["id"]: not self.running[d["id"]] for d in self.deals}
        self.payer = {deal["id"]: deal["payer"] for deal in self.deals}
        self.payee = {deal["id"]: deal["payee"] for deal in self.deals}
        self.habit_payer = {pair: pair[0] for pair in self.habits}
        self.late, self.late_from, self.before = {}, {}, {}
        self.lent = {deal["id"]: 0 for deal in self.deals}
        self.pending = [
            draws.seed is None and shock.get("chance", 1) > Fraction(1, 2)
            or draws.seed is not None
            and draws.unit(draws.shock(i), 0) < shock.get("chance", 1)
            for i, shock in enumerate(self.scenario["shocks"])
        ]
        outside = lambda figure: (
            drawn(self.scenario["outside"][figure], draws.unit(draws.outside(figure), 0))
            if figure in self.scenario["outside"]
            else Fraction(0)
        )
        self.rate = self.opening_rate = Fraction(outside("rate"))
        self.demand = monthly(Fraction(outside("demand-growth")))
        self.demand_volatility = float(outside("demand-volatility"))
        self.market_volatility = float(outside("market-volatility"))
        self.shut_until = 0
        self.shares, index = [], 0
        for party in range(n):
            for investor, quantity in sorted(self.scenario["investors"].get(party, {}).items()):
                share = drawn(quantity, draws.unit(draws.investor(index), 0))
                self.shares.append((party, investor, Fraction(share)))
                index += 1
        self.flows = {}
        self.entered = self.left = 0

    def settle_figures(self):
        """Receipts and spending that the scenario states, and what is spent of each dollar more."""
        self.response = [Fraction(self.value(p, "response") or 0) for p in range(self.n)]
        for party in range(self.n):
            if self.stated(party, "receipts"):
                month = Fraction(cents(self.middle(party, "receipts") * 100), 12)
                inside = self.base_receipts[party] - self.receipts[party][0]
                self.receipts[party] = [cents(month)] * MONTHS
                self.base_receipts[party] = max(Fraction(0), inside) + month
            if self.stated(party, "spending"):
                self.spending[party] = cents(Fraction(cents(self.middle(party, "spending") * 100), 12))
            if self.stated(party, "response") or not self.tracked[party]:
                continue
            inside = sum(x for (u, v), x in self.base.items() if u == party and v != OUTSIDE)
            if self.base_receipts[party] > 0:
                share = (self.spending[party] + inside) / self.base_receipts[party]
                self.response[party] = min(Fraction(1), share)

    # A month

    def run(self):
        self.cash_by_month = []
        for month in range(MONTHS):
            before, entered, left = sum(self.cash), self.entered, self.left
            self.month = month
            if month % 12 == 0:
                self.equity_raised = [0] * self.n
            self.move_prices()
            for index, shock in enumerate(self.scenario["shocks"]):
                if self.pending[index] and month >= shock["on"] and self.holds(shock.get("when")):
                    self.pending[index] = False
                    self.apply(shock, self.draws.shock(index) + 1)
            self.give_up_late()
            self.count_due()
            self.clear()
            self.settle()
            self.end_failed([p for p in range(self.n) if self.failed[p] is None and self.cannot(p)])
            self.cash_by_month.append(self.cash[:])
            change = self.entered - entered - (self.left - left)
            assert sum(self.cash) - before == change, "the oracle's own books do not close"
        return self

    def step(self, deviation, slot):
        if deviation <= 0 or self.draws.seed is None:
            return Fraction(1)
        deviation *= math.sqrt(1 / 12)
        z = self.draws.normal(slot, self.month + 1)
        return Fraction(math.exp(deviation * z - deviation * deviation / 2))

    def move_prices(self):
        draws = self.draws
        noise = self.step(self.demand_volatility, draws.outside("demand-volatility"))
        shared = self.step(self.market_volatility, draws.outside("market-volatility"))
        for party in range(self.n):
            own = self.own_growth[party]
            step = self.demand if own is None else monthly(Fraction(own))
            self.customer_factor[party] *= step * noise
            if self.market[party] > 0:
                slot = draws.figure(party, "volatility")
                self.market[party] *= shared * self.step(self.volatility[party], slot)
        # As doubles, lest the fractions grow without end.
        self.customer_factor = [Fraction(float(x)) for x in self.customer_factor]
        self.market = [Fraction(float(x)) for x in self.market]

    def holds(self, condition):
        if condition is None:
            return True
        kind, what, *rest = condition
        if kind == "failed":
            return self.failed[what] is not None
        if kind == "cash-below":
            return self.cash[what] < cents(rest[0] * 100)
        late = self.late.get(what, 0)
        return late >= rest[0] and self.month >= self.late_from[what] + rest[0]

    def apply(self, shock, slot):
        verb, month, draws = shock["verb"], self.month, self.draws
        u = draws.unit(slot, 0)
        named = shock.get("deals")
        deals = (
            [d["id"] for d in self.deals if d["kind"] in ("purchase", "option")] if named == "all" else named
        )
        party = shock.get("party")
        if verb == "withdraw":
            for deal in deals:
                self.running[deal] = False
                self.follow_habit(deal)
        elif verb == "exercise":
            for deal in deals:
                self.running[deal] = self.running[deal] or self.can_run(deal)
        elif verb == "amend":
            for deal in deals:
                self.factor[deal] *= Fraction(drawn(shock["factor"], u))
        elif verb == "amend-amount":
            for deal in deals:
                rest = sum(self.plan[deal][month:])
                if rest > 0:
                    self.factor[deal] = Fraction(drawn(shock["amount"], u)) * 100 / rest
        elif verb == "novate":
            for deal in deals:
                self.payer[deal] = shock["to"]
                self.running[deal] = self.running[deal] and self.can_run(deal)
                self.follow_habit(deal)
        elif verb == "delay":
            for index, deal in enumerate(deals):
                more = cents(drawn(shock["months"], draws.unit(slot + 1 + index, 0)))
                if more > 0:
                    if deal not in self.late:
                        self.late_from[deal] = month
                        self.before[deal] = self.plan[deal][month - 1] if month else 0
                    self.late[deal] = self.late.get(deal, 0) + more
        elif verb == "share-price":
            self.market[party] *= max(Fraction(0), 1 + Fraction(drawn(shock["change"], u)))
        elif verb == "raise":
            self.raise_factor[party] *= Fraction(drawn(shock["factor"], u))
        elif verb == "freeze":
            self.facility[party] = 0
        elif verb == "default":
            if self.failed[party] is None:
                self.end_failed([party], told=True)
        elif verb == "lose-share":
            self.customer_factor[party] *= max(Fraction(0), 1 - Fraction(drawn(shock["share"], u)))
        elif verb == "lose-customer":
            for deal in self.deals:
                key = deal["id"]
                if deal["kind"] in ("purchase", "option") and (self.payer[key], deal["payee"]) == (
                    shock["customer"], party,
                ):
                    self.running[key] = False
            for pair, payer in self.habit_payer.items():
                if (payer, pair[1]) == (shock["customer"], party):
                    self.habit_payer[pair] = None
        elif verb == "offering":
            amount = cents(Fraction(drawn(shock["amount"], u)) * 100 * self.raise_factor[party])
            if self.failed[party] is None and month >= self.shut_until:
                self.receive(party, amount)
        elif verb == "demand-growth":
            self.demand = monthly(Fraction(drawn(shock["value"], u)))
            self.own_growth = [None] * self.n
        elif verb == "rate":
            self.rate = Fraction(drawn(shock["value"], u))
        elif verb == "shut-market":
            self.shut_until = max(self.shut_until, month + cents(drawn(shock["value"], u)))

    def can_run(self, deal):
        if self.payer[deal] == self.payee[deal]:
            return False
        return all(p < 0 or self.failed[p] is None for p in (self.payer[deal], self.payee[deal]))

    def follow_habit(self, key):
        """Where all deals of a pair have ended or moved, its habit ends or moves."""
        deal = next(d for d in self.deals if d["id"] == key)
        pair = deal["payer"], deal["payee"]
        if pair[0] < 0 or deal["kind"] not in ("purchase", "option") or self.dormant[key]:
            return
        for other in self.deals:
            if (other["payer"], other["payee"]) == pair and other["kind"] in ("purchase", "option"):
                if self.running[other["id"]] and self.payer[other["id"]] == pair[0]:
                    return
        if pair in self.habits and self.habit_payer[pair] == pair[0]:
            moves = self.running[key] and self.payer[key] not in (pair[1], OUTSIDE)
            self.habit_payer[pair] = self.payer[key] if moves else None

    def give_up_late(self):
        for deal in self.deals:
            key = deal["id"]
            terms = self.terms(key)
            if key not in self.late or not self.running[key] or "grace" not in terms:
                continue
            grace = terms["grace"]
            taker = terms.get("taker")
            if self.late[key] <= grace or self.month != self.late_from[key] + grace:
                continue
            if taker is not None and taker == self.payer[key]:
                continue
            if taker is None:
                self.running[key] = False
            else:
                self.payer[key] = taker
                self.running[key] = self.can_run(key)
            self.follow_habit(key)

    def planned(self, key):
        plan, month = self.plan[key], self.month
        amount = plan[month]
        if key in self.late and month >= self.late_from[key]:
            amount = min(amount, self.before[key])
            earlier = month - self.late[key]
            if earlier >= self.late_from[key]:
                amount += max(0, plan[earlier] - self.before[key])
        return cents(amount * self.factor[key]) if amount > 0 else 0

    def count_due(self):
        n, month = self.n, self.month
        self.lines, costs = [], [0] * n
        for deal in self.deals:
            key = deal["id"]
            amount = self.planned(key) if self.running[key] else 0
            if amount > 0:
                self.lines.append((self.payer[key], deal["payee"], amount, deal))
                if self.payer[key] >= 0 and deal["kind"] in ("purchase", "option"):
                    costs[self.payer[key]] += amount
        level = [
            self.spending[p] * self.spending_scale[p]
            + sum(x[month] for (u, _), x in self.habits.items() if u == p)
            for p in range(n)
        ]
        scale = [self.follows(p, level[p], costs[p]) for p in range(n)]
        for pair in sorted(self.habits):
            payer = self.habit_payer[pair]
            if payer is None or self.failed[payer] is not None or self.failed[pair[1]] is not None:
                continue
            amount = cents(self.habits[pair][month] * scale[payer])
            if amount > 0:
                self.lines.append((payer, pair[1], amount, None))
        runs = [self.failed[p] is None for p in range(n)]
        self.suppliers = [
            cents(self.spending[p] * self.spending_scale[p] * scale[p]) if runs[p] else 0 for p in range(n)
        ]
        self.interest = [self.interest_due(p) if runs[p] else 0 for p in range(n)]
        self.customers = [
            cents(self.receipts[p][month] * self.customer_scale[p] * self.customer_factor[p]) if runs[p] else 0
            for p in range(n)
        ]
        self.of_cash = {
            deal["id"]: part(self.terms(deal["id"])["of-cash"], self.cash[self.payer[deal["id"]]])
            for deal in self.deals
            if self.is_share(deal["id"]) and self.running[deal["id"]]
        }

    def follows(self, party, level, costs):
        if self.response[party] <= 0 or self.received[party] is None or level <= 0:
            return Fraction(1)
        extra = self.response[party] * (self.received[party] - self.base_receipts[party])
        if extra > 0:
            extra = max(Fraction(0), extra - max(Fraction(0), costs - self.covered[party][self.month]))
        return max(Fraction(0), 1 + extra / level)

    def interest_due(self, party):
        shift = self.rate - self.opening_rate
        own = self.rate if self.own_rate[party] is None else self.own_rate[party] + shift
        fresh = self.debt[party] - self.opening_debt[party]
        return max(0, cents((fresh * own + self.opening_debt[party] * shift) / 12))

    def equity_room(self, party):
        if self.month < self.shut_until or self.equity_share[party] <= 0:
            return 0
        yearly = self.equity_share[party] * self.market[party] * self.raise_factor[party]
        return max(0, cents(yearly) - self.equity_raised[party])

    def debt_room(self, party):
        room = max(0, self.limit[party] - self.debt[party] - self.facility[party])
        return cents(room * min(Fraction(1), self.raise_factor[party]))

    def headroom(self, party):
        if self.failed[party] is not None:
            return 0
        return self.facility[party] + self.equity_room(party) + self.loan_room[party]

    def clear(self):
        """The greatest payments, in whole cents: all in full at first, less until nothing changes."""
        n = self.n
        self.owes = [sum(a for u, _, a, _ in self.lines if u == p) for p in range(n)]
        self.pays = self.owes[:]
        self.loan_room = [self.debt_room(p) for p in range(n)]
        room = [self.headroom(p) for p in range(n)]
        while True:
            self.pass_on()
            able = [
                self.cash[p] + self.coming[p] + room[p]
                - self.interest[p] - self.suppliers[p] - self.passed[p]
                for p in range(n)
            ]
            now = [
                min(self.pays[p], max(0, able[p])) if self.tracked[p] else self.pays[p] for p in range(n)
            ]
            if now == self.pays:
                break
            self.pays = now
        self.room = room

    def paid(self, line):
        payer, _, amount, _ = line
        if payer < 0 or self.pays[payer] >= self.owes[payer]:
            return amount
        return amount * self.pays[payer] // self.owes[payer]

    def pass_on(self):
        """What comes in once deals pay their share of it; the least that is its own share."""
        n = self.n
        coming = [self.customers[p] if self.failed[p] is None else 0 for p in range(n)]
        earned = coming[:]
        for line in self.lines:
            if line[1] >= 0:
                coming[line[1]] += self.paid(line)
                if line[3] is None or line[3]["kind"] in ("purchase", "option"):
                    earned[line[1]] += self.paid(line)
        shared = {key: 0 for key in self.of_cash}
        while True:
            total = earned[:]
            for key, amount in shared.items():
                total[self.payee[key]] += amount
            now = {
                key: self.of_cash[key] + part(self.terms(key)["of-receipts"], total[self.payer[key]])
                for key in shared
            }
            if now == shared:
                break
            shared = now
        self.passed = [0] * n
        for key, amount in shared.items():
            self.passed[self.payer[key]] += amount
            coming[self.payee[key]] += amount
        self.coming, self.shared = coming, shared

    def receive(self, party, amount):
        self.cash[party] += amount
        self.entered += amount

    def pay(self, payer, payee, amount):
        if payer >= 0:
            self.cash[payer] -= amount
            if payee < 0:
                self.left += amount
        if payee >= 0:
            self.cash[payee] += amount
            if payer < 0:
                self.entered += amount
        if payer >= 0 and payee >= 0 and amount > 0:
            self.flows[payer, payee] = self.flows.get((payer, payee), 0) + amount

    def settle(self):
        n = self.n
        self.received = [0] * n
        for party in range(n):
            if self.failed[party] is None and self.customers[party] > 0:
                self.receive(party, self.customers[party])
                self.received[party] = self.customers[party]
        for key, amount in self.shared.items():
            self.pay(self.payer[key], self.payee[key], amount)
            self.received[self.payee[key]] += amount
        for line in self.lines:
            payer, payee, amount, deal = line
            paid = self.paid(line)
            if payee >= 0:
                self.lost[payee] += amount - paid
            else:
                self.lost_outside += amount - paid
            self.pay(payer, payee, paid)
            if payee >= 0:
                if deal is None or deal["kind"] in ("purchase", "option"):
                    self.received[payee] += paid
                elif deal["kind"] == "loan":
                    self.debt[payee] += paid
                    if payer >= 0:
                        self.lent[deal["id"]] += paid
        self.unpaid_outside = [0] * n
        for party in range(n):
            owed = self.interest[party] + self.suppliers[party]
            most = max(0, self.cash[party] + self.room[party])
            paid = min(owed, most) if self.tracked[party] else owed
            self.pay(party, OUTSIDE, paid)
            self.unpaid_outside[party] = owed - paid
            self.lost_outside += owed - paid
        for party in range(n):
            if self.cash[party] < 0:
                self.raise_money(party)

    def raise_money(self, party):
        short = -self.cash[party]
        drawn_ = min(short, self.facility[party])
        self.facility[party] -= drawn_
        sold = min(short - drawn_, self.equity_room(party))
        self.equity_raised[party] += sold
        inside = 0
        for of, investor, share in self.shares:
            if of != party or self.failed[investor] is not None:
                continue
            amount = min(part(share, sold), sold - inside)
            if self.tracked[investor]:
                amount = min(amount, max(0, self.cash[investor]))
            else:
                self.receive(investor, amount)
                self.undisclosed += amount
            self.pay(investor, party, amount)
            inside += amount
        self.debt[party] += drawn_
        borrowed = min(short - drawn_ - sold, self.loan_room[party])
        self.debt[party] += borrowed
        self.raised[party] += drawn_ + sold + borrowed
        rest = short - drawn_ - sold - borrowed
        self.receive(party, short - inside)
        if rest:
            assert not self.tracked[party], "a party that can fail was short after clearing"
            self.undisclosed += rest

    def cannot(self, party):
        return self.tracked[party] and (
            self.pays[party] < self.owes[party] or self.unpaid_outside[party] > 0
        )

    def end_failed(self, failing, told=False):
        for party in failing:
            self.failed[party] = self.month
            self.short_by[party] = 0 if told else self.owes[party] - self.pays[party]
            self.market[party] = Fraction(0)
            for deal in self.deals:
                if party in (self.payer[deal["id"]], deal["payee"]):
                    self.running[deal["id"]] = False
        for party in failing:
            outside = self.owed[party] = self.debt[party]
            for deal in self.deals:
                key, lender = deal["id"], self.payer[deal["id"]]
                if deal["payee"] != party or lender < 0 or not self.lent[key]:
                    continue
                back = part(self.recovery[party], self.lent[key])
                outside -= self.lent[key]
                self.lost[lender] += self.lent[key] - back
                self.recovered[party] += back
                if self.failed[lender] is None:
                    self.receive(lender, back)
            back = part(self.recovery[party], outside)
            self.recovered[party] += back
            self.lost_outside += outside - back


# Comparing


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
            ("owedAtFailure", path.owed), ("recovered", path.recovered),
        ):
            same(count(party[key]), wanted[p], f"{key} of {who}")
    flows = {(flow["payer"], flow["payee"]): count(flow["amount"]) for flow in answer["flows"]}
    same(flows, {(name(u), name(v)): a for (u, v), a in path.flows.items()}, "flows")
    same(count(answer["lostOutside"]), path.lost_outside, "lost outside")
    same(count(answer["undisclosed"]), path.undisclosed, "undisclosed")
    same(sum(count(y["outsideIn"]) for y in answer["years"]), path.entered, "entered")
    same(sum(count(y["outsideOut"]) for y in answer["years"]), path.left, "left")


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

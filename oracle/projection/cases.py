"""Random small books with scenarios, as plain values; cents are whole numbers."""

from fractions import Fraction

MONTHS = 14
YEAR = 2026
OUTSIDE = -1


def random_case(rng):
    """A book and a scenario."""
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
    """No two certain changes of one thing in one month, none after its end; a deal that pays shares of
    receipts only ends."""
    kept, seen, ended = [], set(), set()
    for shock in sorted(shocks, key=lambda shock: shock["on"]):
        named = shock.get("deals")
        named = named if isinstance(named, list) else []
        if shock["verb"] != "withdraw" and any("of-receipts" in terms.get(deal, {}) for deal in named):
            continue
        things = named or [shock.get("party", "outside")]
        if "when" not in shock and "chance" not in shock and shock.get("deals") != "all":
            if any((thing, shock["on"]) in seen or thing in ended for thing in things):
                continue
            seen.update((thing, shock["on"]) for thing in things)
            if shock["verb"] in ("withdraw", "default"):
                ended.update(things)
        kept.append(shock)
    return kept

"""What a path stands on before its first month: what is planned, and what is drawn for all of it."""

import calendar
from fractions import Fraction

from .amounts import cents, monthly
from .cases import MONTHS, OUTSIDE, YEAR
from .chance import drawn


class Opening:
    """Plans, habits and figures of a book under a scenario."""

    def __init__(self, case, draws):
        self.case, self.draws = case, draws
        self.scenario = case["scenario"]
        self.n = len(case["parties"])
        self.deals = sorted(case["deals"], key=lambda deal: deal["id"])
        self.lay_deals()
        self.lay_habits()
        self.open()

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

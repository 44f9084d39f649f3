"""One path, month by month."""

import math
from fractions import Fraction

from .amounts import cents, monthly, part
from .cases import MONTHS
from .opening import Opening
from .payments import Payments
from .shocks import Shocks


class Path(Opening, Shocks, Payments):
    """One path, month by month, after section 7 of docs/model.md."""

    def run(self):
        self.cash_by_month = []
        for month in range(MONTHS):
            before, entered, left = sum(self.cash), self.entered, self.left
            self.month = month
            if month % 12 == 0:
                self.equity_raised = [0] * self.n
            self.move_prices()
            # Shares are offered after all else that happens in the month.
            shocks = enumerate(self.scenario["shocks"])
            for index, shock in sorted(shocks, key=lambda one: one[1]["verb"] == "offering"):
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

"""Who is paid what in a month: the greatest payments, and the money raised for them."""

from fractions import Fraction

from .amounts import cents, part
from .cases import OUTSIDE


class Payments:
    """Clearing and settling what has fallen due."""

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

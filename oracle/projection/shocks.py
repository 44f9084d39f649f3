"""What happens to a path from outside: shocks, and deals given up because capacity is late."""

from fractions import Fraction

from .amounts import cents, monthly
from .cases import OUTSIDE
from .chance import drawn


class Shocks:
    """The shocks of the scenario on the state that the rest of the path keeps."""

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

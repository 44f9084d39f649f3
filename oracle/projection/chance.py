"""The random numbers of a path, and what is drawn with them."""

import math
from fractions import Fraction
from functools import reduce


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

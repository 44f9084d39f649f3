"""Whole cents, and shares of them."""

import math
from fractions import Fraction


def cents(amount):
    """Whole cents, halves away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * math.floor(abs(Fraction(amount)) + Fraction(1, 2))


def monthly(growth):
    return Fraction((1 + float(max(Fraction(-1), growth))) ** (1 / 12))


def part(share, amount):
    return math.floor(Fraction(round(share * 10**9), 10**9) * max(0, amount))

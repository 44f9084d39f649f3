"""Writes a year of invented payments, the same for the same number: `generate.py ROWS FILE [DAYS]`.

A few parties pay much and most pay little; a tenth of the payments answers one of the hours before, and every
thousandth row begins a ring of three to six payments within half a day, each a little less than the one before.
Rows stand about in the order of time, as exports do.
"""

from __future__ import annotations

import random
import sys
from collections import deque

FIRST = 1_735_689_600  # 2025-01-01
HOUR = 3_600


def generate(rows: int, path: str, days: int) -> None:
    """Writes `rows` payments of `days` days to `path`."""
    chance = random.Random(rows)
    parties, length = max(50, rows // 10), days * 24 * HOUR
    recent: deque[tuple[int, int, int]] = deque(maxlen=1_000)

    def party() -> int:
        return int(parties * chance.random() ** 2)

    with open(path, "w", encoding="ascii") as file:
        file.write("payer,payee,amount,time\n")
        count = 0
        while count < rows:
            time = FIRST + count * length // rows + chance.randrange(HOUR)
            if count % 1_000 == 0:
                ring = [party() for _ in range(chance.randrange(3, 7))]
                amount = chance.randrange(100_000, 9_000_000)
                found = []
                for payer, payee in zip(ring, ring[1:] + ring[:1], strict=True):
                    found.append((payer, payee, amount, time))
                    time += chance.randrange(60, 2 * HOUR)
                    amount -= amount * chance.randrange(3) // 100
            elif recent and chance.random() < 0.1:
                payer, payee, before = chance.choice(recent)
                amount = int(10 ** chance.uniform(2, 6))
                found = [(payee, payer, amount, max(time, before + chance.randrange(60, 24 * HOUR)))]
            else:
                payer, payee = party(), party()
                payee = payee if payee != payer else (payer + 1) % parties
                found = [(payer, payee, int(10 ** chance.uniform(2, 6)), time)]
                recent.append((payer, payee, time))
            for payer, payee, amount, moment in found[: rows - count]:
                # The last rows may lie a day beyond the year.
                file.write(f"A{payer},A{payee},{amount // 100}.{amount % 100:02},{moment}\n")
                count += 1


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    generate(int(float(sys.argv[1])), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 365)

"""Clears many scenarios of one dense network, one after the other, compiled by numba.

    python scenarios.py INPUT PARTIES SCENARIOS

INPUT as `kernels scenarios` writes it. Payments are lowered from full ones until none changes by more
than 1e-9 of what is owed. Prints CPU seconds, peak megabytes, and the share paid.
"""

import os
import sys

os.environ["NUMBA_NUM_THREADS"] = "1"

import numba
import numpy as np

import static


@numba.njit(fastmath=True)
def paid_in_all(shares, owed, owned):
    scenarios, parties = owned.shape
    total = 0.0
    paid, lowered = np.empty(parties), np.empty(parties)
    for scenario in range(scenarios):
        paid[:] = owed
        change = 1.0
        while change > 1e-9:
            change = 0.0
            for party in range(parties):
                means = owned[scenario, party]
                for debtor in range(parties):
                    means += shares[party, debtor] * paid[debtor]
                pays = min(means, owed[party])
                change = max(change, (paid[party] - pays) / owed[party])
                lowered[party] = pays
            paid, lowered = lowered, paid
        total += paid.sum()
    return total


path, parties, scenarios = sys.argv[1], int(float(sys.argv[2])), int(float(sys.argv[3]))
numbers = np.fromfile(path, np.float64)
debts = numbers[: parties * parties].reshape(parties, parties)
owned = numbers[parties * (parties + 1) :].reshape(scenarios, parties)
owed = debts.sum(1)
shares = np.ascontiguousarray((debts / owed[:, None]).T)
paid_in_all(shares, owed, owned[:1])
began = static.cpu()
total = paid_in_all(shares, owed, owned)
seconds = static.cpu() - began
static.tell(seconds, f"{total / scenarios / owed.sum():.6f}")

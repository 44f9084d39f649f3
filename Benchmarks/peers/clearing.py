"""Clears one large network by scipy: payments are lowered from full ones until none changes by more
than 1e-9 of what is owed.

    python clearing.py INPUT.pairs

INPUT.pairs and INPUT.pairs.assets as `kernels clearing` writes them. Prints CPU seconds, peak megabytes,
and the number of defaults.
"""

import os
import resource
import sys

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import scipy.sparse as sparse


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


raw = np.fromfile(sys.argv[1], np.uint8)
nodes, pairs = (int(count) for count in raw[:16].view(np.int64))
debtor, creditor = raw[16 : 16 + 8 * pairs].view(np.int32).reshape(2, pairs)
amount = raw[16 + 8 * pairs :].view(np.int64).astype(float)
owned = np.fromfile(sys.argv[1] + ".assets", np.float64)
owed = np.bincount(debtor, amount, nodes)
shares = sparse.csr_matrix((amount / owed[debtor], (creditor, debtor)), (nodes, nodes))
scale = np.where(owed > 0, 1 / np.maximum(owed, 1e-300), 0)

began = cpu()
paid, change = owed.copy(), 1.0
while change > 1e-9:
    lowered = np.minimum(owed, owned + shares @ paid)
    change = np.max((paid - lowered) * scale)
    paid = lowered
seconds = cpu() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
# Real shortfalls are far above what is still to come.
print(f"{seconds:.3f} {peak} {int((paid < owed * (1 - 1e-7)).sum())}")

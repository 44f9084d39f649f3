"""Clears one large network by scipy: payments are lowered from full ones until none changes by more
than 1e-9 of what is owed.

    python clearing.py INPUT.pairs

INPUT.pairs and INPUT.pairs.assets as `kernels clearing` writes them. Prints CPU seconds, peak megabytes,
and the number of defaults.
"""

import os
import sys

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import scipy.sparse as sparse

import static


nodes, debtor, creditor, amount = static.pairs(sys.argv[1])
amount = amount.astype(float)
owned = np.fromfile(sys.argv[1] + ".assets", np.float64)
owed = np.bincount(debtor, amount, nodes)
shares = sparse.csr_matrix((amount / owed[debtor], (creditor, debtor)), (nodes, nodes))
scale = np.where(owed > 0, 1 / np.maximum(owed, 1e-300), 0)

began = static.cpu()
paid, change = owed.copy(), 1.0
while change > 1e-9:
    lowered = np.minimum(owed, owned + shares @ paid)
    change = np.max((paid - lowered) * scale)
    paid = lowered
seconds = static.cpu() - began
# Real shortfalls are far above what is still to come.
static.tell(seconds, int((paid < owed * (1 - 1e-7)).sum()))

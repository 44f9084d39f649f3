"""The potential of the giant component of FILE.pairs, every link alike, by scipy's conjugate gradients
with the diagonal as preconditioner, to a residual of 1e-8, from the sums paid to the potentials.

    python potential.py FILE.pairs

Prints CPU seconds, peak megabytes, and parties/links/circular share.
"""

import os
import sys

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import cg

import static


nodes, payer, payee, amount = static.pairs(sys.argv[1])
paid = sparse.csr_matrix((amount.astype(float), (payer, payee)), (nodes, nodes))
component = connected_components(paid, directed=False)[1]
giant = np.flatnonzero(component == np.bincount(component).argmax())
paid = paid[giant][:, giant]

began = static.cpu()
received = paid.T.tocsr()
net = paid - received
divergence = np.asarray(net.sum(1)).ravel()
linked = paid + received
linked.data[:] = 1
degree = np.diff(linked.indptr).astype(float)
laplacian = (sparse.diags(degree) - linked).tocsr()
assembled = static.cpu()
phi, status = cg(laplacian, divergence, rtol=1e-8, M=sparse.diags(1 / degree), maxiter=20000)
seconds = static.cpu() - began
assert status == 0
residual = np.linalg.norm(laplacian @ phi - divergence) / np.linalg.norm(divergence)
assert residual <= 1.1e-8, residual
print(f"of which conjugate gradients {began + seconds - assembled:.3f}")

links = sparse.triu(linked).tocoo()
flow = np.asarray(net[links.row, links.col]).ravel()
circular = flow - (phi[links.row] - phi[links.col])
share = (circular @ circular) / (flow @ flow)
static.tell(seconds, f"{len(giant)}/{links.nnz}/{share:.6f}")

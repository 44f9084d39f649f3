"""Strong components with scipy: `components.py FILE.pairs`."""
import sys

import numpy
import scipy.sparse
from scipy.sparse.csgraph import connected_components

import static

nodes, payer, payee, _ = static.pairs(sys.argv[1])
matrix = scipy.sparse.csr_matrix((numpy.ones(len(payer)), (payer, payee)), (nodes, nodes))
static.report(
    5,
    lambda: connected_components(matrix, directed=True, connection="strong"),
    lambda found: f"{found[0]}/{numpy.bincount(found[1]).max()}",
)

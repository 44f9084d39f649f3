internal import Columns
package import Graphs

/// The diagonal of the inverse of a sparse matrix that is positive only on its diagonal.
///
/// As ``DiagonallyDominantSolver`` it is given by what each row has left over, and every step adds,
/// multiplies or divides numbers above zero. Rows are eliminated those first that fill in least
/// (Markowitz, "The Elimination Form of the Inverse and its Application to Linear Programming",
/// *Management Science* 3(3), 1957, doi:10.1287/mnsc.3.3.255), until what is left is dense and inverted as
/// such. Then, backwards, the inverse is worked out at the places where the factors are not zero, which
/// need no others: Erisman and Tinney, "On computing certain elements of the inverse of a sparse matrix",
/// *Communications of the ACM* 18(3), 1975, doi:10.1145/360680.360704.
package struct SelectedInverse {
  /// The diagonal.
  package let diagonal: [Double]

  /// The number of rows up to which what elimination leaves is inverted as a dense matrix.
  static let largestDense = 4_000

  /// Inverts the matrix with −`weight` off its diagonal.
  ///
  /// It is `nil` where `mostWork` is not enough, or too much is left.
  ///
  /// - Parameters:
  ///   - graph: Where the matrix is not zero, besides its diagonal; no parallel arcs.
  ///   - weight: By arc, above zero.
  ///   - leak: What each row has left over, zero or above.
  ///   - mostWork: How many entries of rows elimination may touch.
  package init?(_ graph: SparseGraph, weight: [Double], leak: [Double], mostWork: Int) {
    let elimination = MarkowitzElimination(graph, weight: weight, leak: leak)
    guard elimination.run(mostWork: mostWork, largestDense: Self.largestDense) else { return nil }
    diagonal = BackwardInversion(elimination).diagonal
  }
}

/// The backward pass over the factors.
private struct BackwardInversion {
  private(set) var diagonal: [Double]
  private let elimination: MarkowitzElimination
  private let dense: DenseInverse
  /// The place of each row among the dense: below zero where it was eliminated.
  private let place: Column<Int32>
  /// For the row at hand, the factors that lead from it, by row, and those that lead to it.
  private let upper: Column<Double>
  private let lower: Column<Double>
  /// For the row at hand, its column of the inverse so far, and its row.
  private let column: Column<Double>
  private let row: Column<Double>

  init(_ elimination: MarkowitzElimination) {
    self.elimination = elimination
    let count = elimination.count
    let left = elimination.left
    let (amounts, leak) = elimination.denseRows(left)
    dense = DenseInverse(size: left.count, amounts: amounts, leak: leak)
    place = Column(repeating: -1, count: count)
    upper = Column(repeating: 0, count: count)
    lower = Column(repeating: 0, count: count)
    column = Column(repeating: 0, count: count)
    row = Column(repeating: 0, count: count)
    diagonal = [Double](repeating: 0, count: count)
    for (index, node) in left.enumerated() {
      place[Int(node)] = Int32(index)
      diagonal[Int(node)] = dense.values[index * left.count + index]
    }
    for step in elimination.steps.reversed() { invert(step) }
  }

  /// Works out the inverse at the row of `step`, and at its factors.
  private mutating func invert(_ step: MarkowitzElimination.Step) {
    let factors = elimination.factors
    for entry in step.upper {
      upper.base[Int(factors.node(entry))] = factors.factor(entry)
      column.base[Int(factors.node(entry))] = 0
    }
    for entry in step.lower {
      lower.base[Int(factors.node(entry))] = factors.factor(entry)
      row.base[Int(factors.node(entry))] = 0
    }
    addEliminated(step)
    addDense(step)
    var own = 1 / step.pivot
    for entry in step.upper {
      let node = Int(factors.node(entry))
      own += upper.base[node] * column.base[node]
      factors.setInverse(entry, column.base[node])
      upper.base[node] = 0
    }
    for entry in step.lower {
      let node = Int(factors.node(entry))
      factors.setInverse(entry, row.base[node])
      lower.base[node] = 0
    }
    diagonal[Int(step.node)] = own
  }

  /// Adds the elements of the inverse between neighbours of which one was eliminated: each stands with
  /// the one that was first.
  private func addEliminated(_ step: MarkowitzElimination.Step) {
    let factors = elimination.factors
    for entry in step.lower {
      let from = Int(factors.node(entry))
      guard let other = elimination.step(of: from) else { continue }
      if upper.base[from] > 0 {
        row.base[from] += upper.base[from] * diagonal[from]
        column.base[from] += diagonal[from] * lower.base[from]
      }
      for entry in other.upper {
        let to = Int(factors.node(entry))
        guard upper.base[to] > 0 else { continue }
        row.base[from] += upper.base[to] * factors.inverse(entry)
        column.base[to] += factors.inverse(entry) * lower.base[from]
      }
    }
    for entry in step.upper {
      let to = Int(factors.node(entry))
      guard let other = elimination.step(of: to) else { continue }
      for entry in other.lower {
        let from = Int(factors.node(entry))
        guard lower.base[from] > 0 else { continue }
        row.base[from] += upper.base[to] * factors.inverse(entry)
        column.base[to] += factors.inverse(entry) * lower.base[from]
      }
    }
  }

  private func addDense(_ step: MarkowitzElimination.Step) {
    let factors = elimination.factors
    for entry in step.upper {
      let to = Int(factors.node(entry))
      guard place.base[to] >= 0 else { continue }
      let values = dense.values.base + Int(place.base[to]) * dense.size
      for entry in step.lower {
        let from = Int(factors.node(entry))
        guard place.base[from] >= 0 else { continue }
        let value = values[Int(place.base[from])]
        row.base[from] += upper.base[to] * value
        column.base[to] += value * lower.base[from]
      }
    }
  }
}

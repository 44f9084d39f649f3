internal import Columns
import Networks

/// Conjugate gradients on what elimination leaves of a Laplacian, with the memory they need.
///
/// The preconditioner keeps the links as they are and corrects only the pivots: *M = (E + Lᵀ)ᵀ E⁻¹ (E + Lᵀ)*,
/// an incomplete Cholesky factorisation (Meijerink and van der Vorst, "An iterative solution method for
/// linear systems of which the coefficient matrix is a symmetric M-matrix", *Mathematics of Computation*
/// 31(137), 1977, doi:10.1090/S0025-5718-1977-0438681-4), but for triangles, of which payments have few.
/// Parties of great conductance stand last, so that little is lost. Its two triangular solutions then give
/// the product with the matrix as well: Eisenstat, "Efficient Implementation of a Class of Preconditioned
/// Conjugate Gradient Methods", *SIAM Journal on Scientific and Statistical Computing* 2(1), 1981,
/// doi:10.1137/0902001. Everything is scaled so that *E* is one.
final class CoreGradients {
  private let core: ReducedLaplacian
  /// By link, its conductance over the roots of the pivots of both parties.
  private let link: Column<Double>
  /// One over the root of the pivot of each party.
  private let scale: Column<Double>
  /// Each party's conductance over its pivot, less two.
  private let excess: Column<Double>
  private let residual: Column<Double>
  private let direction: Column<Double>
  private let image: Column<Double>
  private let backward: Column<Double>
  private let sum: Column<Double>
  private(set) var rounds = 0

  /// Factors all components of `core`.
  init(_ core: ReducedLaplacian) {
    self.core = core
    let count = core.node.count
    link = Column(unwritten: core.column.count)
    scale = Column(unwritten: count)
    excess = Column(unwritten: count)
    residual = Column(unwritten: count)
    direction = Column(unwritten: count)
    image = Column(unwritten: count)
    backward = Column(unwritten: count)
    sum = Column(unwritten: count)
    factor()
  }

  private func factor() {
    let (pivot, count) = (image.base, core.node.count)
    pivot.update(from: core.diagonal.base, count: count)
    for place in 0..<count {
      let diagonal = core.diagonal.base[place]
      // Any positive pivot will do where rounding leaves none.
      if pivot[place] <= 1e-8 * diagonal { pivot[place] = diagonal }
      for entry in core.links(place) {
        let conductance = core.conductance.base[entry]
        pivot[Int(core.column.base[entry])] -= conductance * conductance / pivot[place]
      }
      scale.base[place] = 1 / pivot[place].squareRoot()
      excess.base[place] = diagonal / pivot[place] - 2
    }
    for place in 0..<count {
      for entry in core.links(place) {
        let other = Int(core.column.base[entry])
        link.base[entry] = core.conductance.base[entry] * scale.base[place] * scale.base[other]
      }
    }
  }

  /// Solves the component at `members`.
  ///
  /// The residual is worked out anew whenever the one carried along has reached the goal, and the rest
  /// solved for again.
  ///
  /// - Parameters:
  ///   - members: The places of a component.
  ///   - values: By party, the right side on entry, the solution afterwards.
  ///   - goal: The Euclidean norm of the residual at which to stop.
  ///   - limit: The norm that is accepted where rounding lets it come no lower.
  /// - Throws: ``MeasureError/didNotConverge(rounds:change:)``.
  func solve(
    _ members: Range<Int>,
    _ values: inout [Double],
    goal: Double,
    limit: Double
  ) throws(MeasureError) {
    let node = core.node.base
    let solution = Column<Double>(repeating: 0, count: core.node.count)
    var last = Double.infinity
    while true {
      core.multiply(members, solution.base, residual.base)
      var square = 0.0
      for place in members {
        residual.base[place] = values[Int(node[place])] - residual.base[place]
        square += residual.base[place] * residual.base[place]
      }
      let norm = square.squareRoot()
      guard norm > goal else { break }
      if norm > last / 2 {
        guard norm <= limit else { throw .didNotConverge(rounds: rounds, change: norm) }
        break
      }
      last = norm
      run(members, norm: norm, goal: 0.9 * goal)
      for place in members { solution.base[place] += scale.base[place] * sum.base[place] }
    }
    for place in members { values[Int(node[place])] = solution.base[place] }
  }

  /// Makes `sum` a solution, scaled, that leaves no more than `goal` of `residual`, as far as can be told.
  private func run(_ members: Range<Int>, norm: Double, goal: Double) {
    var rho = begin(members)
    /// How much larger the residual is than in the scale of the factors.
    var ratio = norm / rho.squareRoot()
    var turn = 0.0
    for _ in 0..<20 * members.count + 1_000 where rho > 0 {
      solveBackward(members, turn)
      let curvature = solveForward(members)
      guard curvature > 0 else { return }
      let next = step(members, rho / curvature)
      rounds += 1
      if next.squareRoot() * ratio <= 2 * goal {
        let norm = unscaledNorm(members)
        guard norm > goal else { return }
        ratio = norm / next.squareRoot()
      }
      turn = next / rho
      rho = next
    }
  }

  /// Brings the residual to the scale of the factors, and returns its square there.
  private func begin(_ members: Range<Int>) -> Double {
    let (residual, column, link) = (residual.base, core.column.base, link.base)
    for place in members {
      residual[place] *= scale.base[place]
      direction.base[place] = 0
      sum.base[place] = 0
    }
    var square = 0.0
    for place in members {
      let value = residual[place]
      square += value * value
      for entry in core.links(place) { residual[Int(column[entry])] += link[entry] * value }
    }
    return square
  }

  /// Turns the direction, and solves with the upper factor for it.
  private func solveBackward(_ members: Range<Int>, _ turn: Double) {
    let (residual, direction, backward) = (residual.base, direction.base, backward.base)
    let (image, excess) = (image.base, excess.base)
    let (column, link) = (core.column.base, link.base)
    for place in members.reversed() {
      let along = residual[place] + turn * direction[place]
      direction[place] = along
      var value = along
      for entry in core.links(place) { value += link[entry] * backward[Int(column[entry])] }
      backward[place] = value
      image[place] = along + excess[place] * value
    }
  }

  /// Solves with the lower factor, makes `image` the product with the matrix, and returns the curvature.
  private func solveForward(_ members: Range<Int>) -> Double {
    let (direction, backward, image) = (direction.base, backward.base, image.base)
    let (column, link) = (core.column.base, link.base)
    var curvature = 0.0
    for place in members {
      let value = image[place]
      for entry in core.links(place) { image[Int(column[entry])] += link[entry] * value }
      let product = value + backward[place]
      image[place] = product
      curvature += direction[place] * product
    }
    return curvature
  }

  /// Goes `length` along the direction, and returns the square of the residual that is left.
  private func step(_ members: Range<Int>, _ length: Double) -> Double {
    let (residual, image) = (residual.base, image.base)
    let (sum, backward) = (sum.base, backward.base)
    var square = 0.0
    for place in members {
      sum[place] += length * backward[place]
      let rest = residual[place] - length * image[place]
      residual[place] = rest
      square += rest * rest
    }
    return square
  }

  /// The norm of the residual in its own scale.
  private func unscaledNorm(_ members: Range<Int>) -> Double {
    let (column, link, own) = (core.column.base, link.base, image.base)
    own.update(from: residual.base, count: core.node.count)
    for place in members {
      for entry in core.links(place) {
        own[Int(column[entry])] -= link[entry] * residual.base[place]
      }
    }
    var square = 0.0
    for place in members {
      let value = own[place] / scale.base[place]
      square += value * value
    }
    return square.squareRoot()
  }
}

internal import Graphs
public import Networks

/// Who owes whom, what everybody owns besides, and what a default costs.
///
/// Party *i* owns `externalAssets[i]` and what others pay it, and owes parties inside and
/// `externalLiabilities[i]` outside. It pays class by class, within a class in proportion; it
/// defaults where what it owns, at what it is worth before any cost of default, is less than all it
/// owes. A defaulter has α of its external assets and β of what it receives left to pay from.
///
/// With α = β = 1 and one class this is Eisenberg and Noe, "Systemic Risk in Financial Systems",
/// *Management Science* 47(2), 2001, doi:10.1287/mnsc.47.2.236.9835; with costs, Rogers and Veraart,
/// "Failure and Rescue in an Interbank Network", *Management Science* 59(4), 2013,
/// doi:10.1287/mnsc.1120.1569; with classes, Elsinger, "Financial Networks, Cross Holdings, and
/// Limited Liability", Oesterreichische Nationalbank working paper 156, 2009.
public struct ClearingProblem: Sendable, Equatable {
  /// The parties by id.
  public let parties: [String]
  /// What each party owns outside the network, in any unit of money.
  public private(set) var externalAssets: [Double]
  /// What each party owes outside the network.
  public let externalLiabilities: [Double]
  /// Where that stands among debts.
  public let external: ExternalStanding
  /// What share of its external assets a defaulter has left, from 0 to 1.
  public let alpha: Double
  /// What share of its receipts a defaulter has left, from 0 to 1.
  public let beta: Double
  /// The number of classes of debt, external debt included.
  public let classCount: Int
  /// What each party owes in all.
  public let owed: [Double]

  /// Where the links of each party and class begin: those of class `c` of `i` at `i * classCount + c`.
  let rowStart: [Int]
  /// Whom each link is owed to.
  let creditor: [Int32]
  /// How much is owed on each link.
  let amount: [Double]
  /// What each party owes in each class, at `i * classCount + c`.
  let classTotal: [Double]

  /// By party: the share of an amount by which it may be missed and still count as reached.
  ///
  /// What sums of so many doubles can lose, at most ``rounding``. Without it, a ring in which everybody
  /// owns exactly what they owe defaults over the last place of a number; with more, a party whose debts
  /// are large defaults unseen.
  let tolerance: [Double]

  /// The most that ``tolerance`` may be.
  public static let rounding = 1e-12

  /// A problem with debts in any order; several between the same two parties are kept apart.
  ///
  /// - Parameters:
  ///   - parties: The parties by id.
  ///   - liabilities: Who owes whom.
  ///   - externalAssets: What each party owns outside.
  ///   - externalLiabilities: What each party owes outside; nothing by default.
  ///   - external: Where that stands among debts.
  ///   - alpha: What share of its external assets a defaulter has left.
  ///   - beta: What share of its receipts a defaulter has left.
  /// - Throws: ``StressError`` for the first figure that is missing or out of its bounds.
  public init(
    parties: [String],
    liabilities: [Liability],
    externalAssets: [Double],
    externalLiabilities: [Double]? = nil,
    external: ExternalStanding = .equal,
    alpha: Double = 1,
    beta: Double = 1
  ) throws(StressError) {
    let outside = externalLiabilities ?? [Double](repeating: 0, count: parties.count)
    try checkFigures("external assets", externalAssets, of: parties)
    try checkFigures("external liabilities", outside, of: parties)
    try checkShare("alpha", alpha)
    try checkShare("beta", beta)
    try Self.check(liabilities, parties)
    let rows = Rows(liabilities, externalLiabilities: outside, external: external)
    let owed = rows.owed(parties.count)
    guard (owed + externalAssets).reduce(0, +).isFinite else { throw .tooMuch }
    self.parties = parties
    self.externalAssets = externalAssets
    self.externalLiabilities = outside
    self.external = external
    self.alpha = alpha
    self.beta = beta
    self.owed = owed
    classCount = rows.classCount
    rowStart = rows.rowStart
    creditor = rows.creditor
    amount = rows.amount
    classTotal = rows.classTotal
    tolerance = rows.tolerance(parties.count)
  }

  /// The problem of a network whose flows run from debtor to creditor, all in one class.
  ///
  /// - Parameters:
  ///   - network: Who owes whom. What parties owe themselves is no part of it.
  ///   - externalAssets: What each party owns outside.
  ///   - externalLiabilities: What each party owes outside.
  ///   - external: Where that stands among debts.
  ///   - alpha: What share of its external assets a defaulter has left.
  ///   - beta: What share of its receipts a defaulter has left.
  /// - Throws: ``StressError`` for the first figure that is missing or out of its bounds.
  public init(
    of network: FlowNetwork,
    externalAssets: [Double],
    externalLiabilities: [Double]? = nil,
    external: ExternalStanding = .equal,
    alpha: Double = 1,
    beta: Double = 1
  ) throws(StressError) {
    try self.init(
      parties: network.nodes,
      liabilities: network.flows.map {
        Liability(debtor: $0.payer, creditor: $0.payee, amount: $0.weight)
      },
      externalAssets: externalAssets,
      externalLiabilities: externalLiabilities,
      external: external,
      alpha: alpha,
      beta: beta
    )
  }

  /// The same debts where parties own `externalAssets`, already checked.
  func with(externalAssets: [Double]) -> ClearingProblem {
    var copy = self
    copy.externalAssets = externalAssets
    return copy
  }

  private static func check(_ liabilities: [Liability], _ parties: [String]) throws(StressError) {
    for liability in liabilities {
      for index in [liability.debtor, liability.creditor] {
        guard parties.indices.contains(index) else {
          throw .noSuchParty(index: index, count: parties.count)
        }
      }
      let debtor = parties[liability.debtor]
      guard liability.debtor != liability.creditor else { throw .owesItself(party: debtor) }
      guard liability.amount >= 0, liability.amount.isFinite else {
        let creditor = parties[liability.creditor]
        throw .badLiability(debtor: debtor, creditor: creditor, amount: liability.amount)
      }
      guard (0..<maximumClasses).contains(liability.seniority) else {
        let value = Double(liability.seniority)
        let bounds = "from 0 to \(maximumClasses - 1)"
        throw .badParameter(name: "a seniority", value: value, bounds: bounds)
      }
    }
  }

  /// More classes of debt than anybody has.
  static let maximumClasses = 64
}

extension ClearingProblem {
  /// The links of class `rank` of `party`.
  func links(_ party: NodeIndex, _ rank: Int) -> Range<Int> {
    let row = party * classCount + rank
    return rowStart[row]..<rowStart[row + 1]
  }

  /// What `party` owes in the classes before `rank`.
  func owedBefore(_ rank: Int, _ party: NodeIndex) -> Double {
    guard rank > 0 else { return 0 }
    let row = party * classCount
    return classTotal[row..<row + rank].reduce(0, +)
  }

  /// What of class `rank` of `party` is owed outside the network.
  func externalOwed(_ party: NodeIndex, _ rank: Int) -> Double {
    rank == 0 ? externalLiabilities[party] : 0
  }

  /// What a party in default has left to pay from.
  func estate(_ party: NodeIndex, received: Double) -> Double {
    alpha * externalAssets[party] + beta * received
  }
}

/// Debts by debtor, class and creditor, as compact sparse rows.
private struct Rows {
  let classCount: Int
  let rowStart: [Int]
  let creditor: [Int32]
  let amount: [Double]
  let classTotal: [Double]

  init(_ liabilities: [Liability], externalLiabilities: [Double], external: ExternalStanding) {
    // Senior external debt is a class of its own, before the others.
    let shift = external == .senior ? 1 : 0
    let positive = liabilities.filter { $0.amount > 0 }
    let classCount = shift + 1 + (positive.lazy.map(\.seniority).max() ?? 0)
    let rowCount = externalLiabilities.count * classCount
    func row(_ liability: Liability) -> Int {
      liability.debtor * classCount + liability.seniority + shift
    }
    var rowStart = [Int](repeating: 0, count: rowCount + 1)
    for liability in positive { rowStart[row(liability) + 1] += 1 }
    for row in 0..<rowCount { rowStart[row + 1] += rowStart[row] }
    var next = rowStart
    var order = [Int](repeating: 0, count: positive.count)
    for (position, liability) in positive.enumerated() {
      order[next[row(liability)]] = position
      next[row(liability)] += 1
    }
    for row in 0..<rowCount {
      order[rowStart[row]..<rowStart[row + 1]].sort {
        let (a, b) = (positive[$0], positive[$1])
        return (a.creditor, a.amount) < (b.creditor, b.amount)
      }
    }
    let amount = order.map { positive[$0].amount }
    self.classCount = classCount
    self.rowStart = rowStart
    creditor = order.map { Int32(positive[$0].creditor) }
    classTotal = (0..<rowCount).map { row in
      let (party, rank) = row.quotientAndRemainder(dividingBy: classCount)
      let outside = rank == 0 ? externalLiabilities[party] : 0
      return amount[rowStart[row]..<rowStart[row + 1]].reduce(0, +) + outside
    }
    self.amount = amount
  }

  /// What sums over the links of each party lose, and as much again for amounts passed on before.
  func tolerance(_ count: Int) -> [Double] {
    var terms = (0..<count).map { party in
      8 + count / 8 + rowStart[(party + 1) * classCount] - rowStart[party * classCount]
    }
    for creditor in creditor { terms[Int(creditor)] += 1 }
    return terms.map { min(ClearingProblem.rounding, Double($0) * 0x1p-52) }
  }

  func owed(_ count: Int) -> [Double] {
    (0..<count).map { classTotal[$0 * classCount..<($0 + 1) * classCount].reduce(0, +) }
  }
}

/// Throws unless there is a figure, zero or above, for every party.
func checkFigures(_ what: String, _ figures: [Double], of parties: [String]) throws(StressError) {
  guard figures.count == parties.count else {
    throw .shapeMismatch(what: what, expected: parties.count, actual: figures.count)
  }
  // Nearly always all are fine, which a loop without branches finds sooner.
  guard figures.reduce(0, { $0 | ($1 >= 0 && $1 < .infinity ? 0 : 1) }) != 0 else { return }
  guard let fault = figures.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) else { return }
  throw .badFigure(what: what, party: parties[fault], value: figures[fault])
}

/// Throws unless `value` lies between 0 and 1.
func checkShare(_ name: String, _ value: Double) throws(StressError) {
  guard value >= 0, value <= 1 else {
    throw .badParameter(name: name, value: value, bounds: "from 0 to 1")
  }
}

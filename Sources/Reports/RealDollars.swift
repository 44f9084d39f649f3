package import Claims
internal import Loops
internal import Networks

/// How much of the money that companies live on came from buyers, and how much from those who fund them.
///
/// Buyers are households, enterprises, advertisers, governments, and a party's customers, named or not; funders are
/// investors, lenders, markets, and a party's own reserves; of the rest nobody says. It is measured on the network with
/// everything filled in, in what entered the companies from outside, and, looked through to where it began, in all that
/// passes through them.
package struct RealDollars: Codable, Sendable {
  /// Where money came from.
  package enum Beginning: String, Codable, Sendable, CaseIterable {
    case buyers, funders, undisclosed
  }

  /// Shares that add up to one.
  package struct Split: Codable, Sendable {
    /// The share of buyers.
    package let buyers: Double
    /// The share of funders.
    package let funders: Double
    /// The share of which nobody says.
    package let undisclosed: Double

    init(_ amounts: [Beginning: Double]) {
      let whole = Beginning.allCases.reduce(0) { $0 + (amounts[$1] ?? 0) }
      let share = { (kind: Beginning) in whole > 0 ? (amounts[kind] ?? 0) / whole : 0 }
      (buyers, funders) = (share(.buyers), share(.funders))
      undisclosed = whole > 0 ? max(0, 1 - buyers - funders) : 0
    }
  }

  /// The companies of one role, or all of them.
  package struct Line: Codable, Sendable {
    /// `sector`, or a role as `lab`.
    package let group: String
    /// How many companies.
    package let parties: Int
    /// Dollars that entered them from outside the sector.
    package let entered: Double
    /// Who these came from; `nil` where nothing entered.
    @Nullable package private(set) var direct: Split?
    /// Whose money all they take in began as; `nil` where they take nothing in.
    @Nullable package private(set) var lookedThrough: Split?
  }

  /// The sector first, then the roles asked for, as far as companies have them.
  package let lines: [Line]

  /// The line of a role, or of the `sector`.
  package subscript(group: String) -> Line? { lines.first { $0.group == group } }

  /// Splits what entered the network of `footing`.
  ///
  /// - Parameters:
  ///   - footing: The network.
  ///   - roles: Roles of companies, each told for itself.
  /// - Throws: ``MeasureError`` where provenance cannot be worked out.
  init(_ footing: Footing, roles: [String] = ["lab", "neocloud"]) throws(MeasureError) {
    let network = footing.standing.network
    let told = BeginningsOfInflows(footing)
    let provenance = try Provenance(of: told.relabelled)
    let view = footing.ledger.view
    func line(_ group: String, _ nodes: [Int]) -> Line? {
      guard !nodes.isEmpty else { return nil }
      let inside = Set(nodes)
      var direct: [Beginning: Double] = [:]
      for flow in told.inflows where inside.contains(flow.node) {
        direct[flow.beginning, default: 0] += flow.weight
      }
      var through: [Beginning: Double] = [:]
      for node in nodes {
        for origin in provenance.origins(of: node) {
          let kind = Beginning(rawValue: origin.id) ?? .undisclosed
          through[kind, default: 0] += origin.share * network.throughflow[node]
        }
        let lost = provenance.unsourced[node] + provenance.others[node]
        through[.undisclosed, default: 0] += lost * network.throughflow[node]
      }
      let entered = Beginning.allCases.reduce(0) { $0 + (direct[$1] ?? 0) }
      let taken = nodes.reduce(0) { $0 + network.throughflow[$1] }
      return Line(
        group: group,
        parties: nodes.count,
        entered: footing.unit.whole(entered),
        direct: entered > 0 ? Split(direct) : nil,
        lookedThrough: taken > 0 ? Split(through) : nil
      )
    }
    let active = network.nodes.indices.filter { network.throughflow[$0] > 0 }
    let byRole = roles.map { role in
      (role, active.filter { view.party(network.nodes[$0])?.role == role })
    }
    lines = ([("sector", active)] + byRole).compactMap { line($0.0, $0.1) }
  }
}

/// What enters a network, by whether buyers, funders or nobody known sent it.
private struct BeginningsOfInflows {
  struct Inflow {
    let node: Int
    let beginning: RealDollars.Beginning
    let weight: Double
  }

  let inflows: [Inflow]
  /// The network with three beginnings of all its money.
  let relabelled: FlowNetwork

  init(_ footing: Footing) {
    let network = footing.standing.network
    let bought = Self.shareBought(footing)
    let inflows = network.inflows.flatMap { flow -> [Inflow] in
      Self.beginnings(flow, network.nodes[flow.node], bought).map {
        Inflow(node: flow.node, beginning: $0.key, weight: flow.weight * $0.value)
      }
    }
    self.inflows = inflows
    relabelled = network.replacingInflows(
      inflows.map {
        .init(node: $0.node, outside: .party($0.beginning.rawValue), weight: $0.weight)
      }
    )
  }

  private struct Entry: Hashable {
    let node: String
    let outside: String
  }

  /// Of what a named outside party pays a company, the share that is for goods and services.
  private static func shareBought(_ footing: Footing) -> [Entry: Double] {
    let inside = Set(footing.standing.network.nodes)
    var sums: [Entry: (bought: Double, all: Double)] = [:]
    for (item, amount) in footing.standing.items
    where inside.contains(item.payee) && !inside.contains(item.payer) {
      let entry = Entry(node: item.payee, outside: item.payer)
      sums[entry, default: (0, 0)].bought += item.isRevenue ? amount : 0
      sums[entry]?.all += amount
    }
    return sums.compactMapValues { $0.all > 0 ? $0.bought / $0.all : nil }
  }

  private static func beginnings(
    _ flow: FlowNetwork.BoundaryFlow,
    _ node: String,
    _ bought: [Entry: Double]
  ) -> KeyValuePairs<RealDollars.Beginning, Double> {
    guard case .party(let id) = flow.outside else { return [.funders: 1] }
    switch UnnamedCounterparty.parse(id)?.people {
    case .customers: return [.buyers: 1]
    case .lenders, .investors: return [.funders: 1]
    case .investees, .suppliers, .undisclosed: return [.undisclosed: 1]
    case nil:
      let share = bought[Entry(node: node, outside: id)] ?? 1
      return [.buyers: share, .funders: 1 - share]
    }
  }
}

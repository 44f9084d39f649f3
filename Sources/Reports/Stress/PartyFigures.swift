internal import Graphs
internal import Networks
internal import Stress
internal import Tables

/// Figures of parties, and what was assumed where one is not given.
struct PartyFigures {
  let list: EdgeList
  let network: FlowNetwork
  private(set) var assumed: [String] = []

  init(_ list: EdgeList) throws(NetworkError) {
    self.list = list
    network = try list.statedNetwork()
  }

  /// What each party owns outside: nothing where that is not given.
  mutating func externalAssets() -> [Double] {
    orNothing(\.externalAssets, "owns nothing outside (external_assets)")
  }

  /// What each party owes outside: nothing where that is not given.
  mutating func externalLiabilities() -> [Double] {
    orNothing(\.externalLiabilities, "owes nothing outside (external_liabilities)")
  }

  private mutating func orNothing(_ figure: (EdgeList.Party) -> Double?, _ what: String)
    -> [Double]
  {
    let missing = list.parties.filter { figure($0) == nil }.map(\.id)
    if missing.count == list.parties.count {
      assumed.append("everybody \(what)")
    } else if !missing.isEmpty {
      assumed.append("\(named(missing)) \(what)")
    }
    return list.parties.map { figure($0) ?? 0 }
  }

  /// What each party is worth: given, or from its balance sheet; `nil` where neither is there.
  mutating func equity() -> [Double?] {
    let (assets, debts) = (network.inside(\.payee), network.inside(\.payer))
    var derived: [String] = []
    let equity = list.parties.enumerated().map { node, party -> Double? in
      if let equity = party.equity { return equity }
      guard let outside = party.externalAssets, let owed = party.externalLiabilities else {
        return nil
      }
      derived.append(party.id)
      let worth = outside + assets[node] - owed - debts[node]
      // What rounding leaves of a balance is nothing.
      return worth.magnitude <= 1e-12 * (outside + assets[node]) ? 0 : worth
    }
    if !derived.isEmpty {
      assumed.append("the equity of \(named(derived)) is assets less debts")
    }
    return equity
  }

  /// What each party can lose: its buffer, else its equity.
  mutating func buffers() -> [Double?] {
    guard list.parties.contains(where: { $0.buffer == nil }) else {
      return list.parties.map(\.buffer)
    }
    let equity = equity()
    let used = list.parties.indices.filter {
      list.parties[$0].buffer == nil && equity[$0] != nil
    }
    if !used.isEmpty {
      assumed.append("the buffer of \(named(used.map { list.parties[$0].id })) is its equity")
    }
    return zip(list.parties, equity).map { $0.buffer ?? $1 }
  }

  /// How much each party counts: its size, or where no party has one, its equity.
  mutating func sizes() throws(StressError) -> [Double]? {
    guard list.parties.contains(where: { $0.size != nil }) else {
      assumed.append("parties count by their equity, as none has a size")
      return nil
    }
    var sizes: [Double] = []
    for party in list.parties {
      guard let size = party.size else { throw .unknown(what: "size", party: party.id) }
      sizes.append(size)
    }
    return sizes
  }

  mutating func assume(_ what: String) { assumed.append(what) }

  /// What was assumed, as lines to print.
  var assumptions: [String] {
    assumed.isEmpty ? [] : ["", "Assumed:"] + assumed.map { "  " + legible($0) }
  }
}

extension FlowNetwork {
  /// The sum of flows by the party at one of their ends.
  fileprivate func inside(_ end: (Flow) -> NodeIndex) -> [Double] {
    var sums = [Double](repeating: 0, count: nodes.count)
    for flow in flows { sums[end(flow)] += flow.weight }
    return sums
  }
}

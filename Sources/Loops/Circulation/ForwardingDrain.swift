internal import Columns
internal import Graphs
import Networks

/// Takes the forwarded flow out of large components, a party at a time.
///
/// Parties forward at rates z that balance, Σ_u z_u·w_uv = z_v·Σ_x w_vx over the parties of a component;
/// the rest of each shrinks in proportion to its rate until one has nothing left. As all that a party
/// still pays inside has shrunk alike, one number says what is left of it, and the rates change only
/// where a party goes: those who paid it now keep that, those it paid now miss it. What is missing is
/// passed on from party to party until it is below a tolerance of what each forwards, which mostly ends
/// near by. Components are looked for again as parties go.
struct ForwardingDrain {
  /// What is known of a party; together, as it is fetched from memory at random.
  private struct Party: BitwiseCopyable {
    /// z.
    var rate = 0.0
    /// What comes in at these rates less what goes out.
    var missing = 0.0
    /// What it pays inside its component, of the whole.
    var paid = 0.0
    /// What was left at the time below, of 1.
    var left = 1.0
    var since = 0.0
    /// Its component; below zero once it is in none.
    var component: Int32 = -1
    /// How many it pays there, and how many pay it.
    var payees: Int32 = 0
    var payers: Int32 = 0
    var isUnsettled = false
  }

  private let graph: SparseGraph
  private let weight: [Double]
  private let reversed: (graph: SparseGraph, arc: [Int])
  private let tolerance: Double

  /// What is left of each flow.
  private(set) var rest: [Double]
  private let party: Column<Party>
  private var lastComponent: Int32 = 0
  private var time = 0.0
  private var ends: NodeQueue
  private var unsettled: [Int32] = []
  private let position: Column<Int32>
  /// How many flows may still be looked at.
  private var workLeft: Int

  init(_ graph: SparseGraph, _ weight: [Double], tolerance: Double, workLimit: Int) {
    self.graph = graph
    self.weight = weight
    self.tolerance = tolerance
    workLeft = workLimit
    reversed = graph.reversed
    rest = weight
    let count = graph.nodeCount
    party = Column(repeating: Party(), count: count)
    position = Column(repeating: 0, count: count)
    ends = NodeQueue(nodeCount: count)
  }

  /// Drains a component until what is left of it are components of no more than `size` parties.
  ///
  /// - Returns: These; `nil` where the work allowed was not enough.
  mutating func drain(_ members: [NodeIndex], downTo size: Int) -> [[NodeIndex]]? {
    var small: [[NodeIndex]] = []
    var work = [members]
    for node in members { party.base[node].rate = 1 }
    while let members = work.popLast() {
      begin(members)
      if members.count <= size {
        for node in members { close(node) }
        small.append(members)
      } else {
        guard let parts = run(members, downTo: size) else { return nil }
        work += parts
      }
    }
    return small
  }

  /// Adds up what the parties of a component pay each other.
  private mutating func begin(_ members: [NodeIndex]) {
    lastComponent += 1
    let fastest = members.reduce(0) { max($0, party.base[$1].rate) }
    for node in members {
      party.base[node].component = lastComponent
      // Rates only matter relative to each other; some had drained away before this was seen to be apart.
      party.base[node].rate = max(party.base[node].rate / fastest, 1e-12)
      party.base[node].since = time
      party.base[node].missing = 0
      party.base[node].payers = 0
    }
    for node in members {
      (party.base[node].paid, party.base[node].payees) = (0, 0)
      for arc in graph.row(node) where isInside(graph.target[arc]) {
        party.base[node].paid += weight[arc]
        party.base[node].payees += 1
        party.base[graph.target[arc]].payers += 1
        party.base[graph.target[arc]].missing += party.base[node].rate * weight[arc]
      }
    }
    for node in members {
      party.base[node].missing -= party.base[node].rate * party.base[node].paid
      note(node)
    }
  }

  @inline(__always)
  private func isInside(_ node: NodeIndex) -> Bool { party.base[node].component == lastComponent }

  /// Drains one component until parties have fallen off it as a whole, or only `size` are left.
  private mutating func run(_ members: [NodeIndex], downTo size: Int) -> [[NodeIndex]]? {
    for node in members { ends.set(node, to: end(of: node)) }
    var checked = members.count
    var isStuck = false
    while workLeft > 0 {
      if isStuck || ends.count < checked - checked / 50 || ends.count <= size {
        let here = members.filter { isInside($0) }
        let parts = parts(of: here)
        workLeft -= 20 * here.count
        checked = here.count
        if parts.count != 1 || parts[0].count < here.count || here.count <= size {
          for node in here { ends.remove(node) }
          for node in here { update(node) }
          for node in here { close(node) }
          return parts
        }
        if isStuck { sweep(here) }
      }
      isStuck = !settle(pushes: 2 * ends.count + 100)
      if !isStuck, let node = nextToEnd() {
        time = max(time, end(of: node))
        party.base[node].left = 0
        party.base[node].since = time
        remove(node)
      }
    }
    return nil
  }

  /// The party that has nothing left first.
  private mutating func nextToEnd() -> NodeIndex? {
    while let (node, moment) = ends.first {
      let end = end(of: node)
      guard end > moment else { return node }
      ends.set(node, to: end)
    }
    return nil
  }

  private func end(of node: NodeIndex) -> Double {
    party.base[node].left > 0
      ? party.base[node].since + party.base[node].left / party.base[node].rate
      : party.base[node].since
  }

  /// Brings what is left of a party up to the present.
  @inline(__always)
  private func update(_ node: NodeIndex) {
    party.base[node].left = max(
      0,
      party.base[node].left - (time - party.base[node].since) * party.base[node].rate
    )
    party.base[node].since = time
  }

  /// Takes out a party that has nothing left, and those that no longer pay or are paid inside.
  private mutating func remove(_ first: NodeIndex) {
    var gone = [first]
    while let node = gone.popLast() {
      guard isInside(node) else { continue }
      update(node)
      party.base[node].component = -1
      ends.remove(node)
      for arc in graph.row(node) where isInside(graph.target[arc]) {
        let payee = graph.target[arc]
        rest[arc] = weight[arc] * party.base[node].left
        party.base[payee].missing -= party.base[node].rate * weight[arc]
        party.base[payee].payers -= 1
        if party.base[payee].payers == 0 { gone.append(payee) } else { note(payee) }
      }
      for place in reversed.graph.row(node) where isInside(reversed.graph.target[place]) {
        let (payer, arc) = (reversed.graph.target[place], reversed.arc[place])
        update(payer)
        rest[arc] = weight[arc] * party.base[payer].left
        party.base[payer].missing += party.base[payer].rate * weight[arc]
        party.base[payer].payees -= 1
        if party.base[payer].payees == 0 {
          gone.append(payer)
        } else {
          pay(payer, less: weight[arc])
        }
      }
    }
  }

  /// Takes a flow out of what a party pays inside: anew where little is left, so that it keeps its places.
  private mutating func pay(_ node: NodeIndex, less amount: Double) {
    let before = party.base[node].paid
    party.base[node].paid -= amount
    if party.base[node].paid < before / 2 {
      party.base[node].paid = graph.row(node).reduce(0) { sum, arc in
        isInside(graph.target[arc]) ? sum + weight[arc] : sum
      }
    }
    note(node)
  }

  /// Whether more is missing at a party than is tolerated.
  @inline(__always)
  private func isMissing(_ node: NodeIndex) -> Bool {
    party.base[node].missing.magnitude > tolerance * party.base[node].rate * party.base[node].paid
  }

  /// Notes a party at which more is missing than is tolerated.
  @inline(__always)
  private mutating func note(_ node: NodeIndex) {
    guard isMissing(node), !party.base[node].isUnsettled else { return }
    party.base[node].isUnsettled = true
    unsettled.append(Int32(node))
  }

  /// Passes on what is missing, up to so many times; says whether it is tolerated everywhere.
  private mutating func settle(pushes: Int) -> Bool {
    var position = 0
    while position < unsettled.count {
      guard position < pushes else {
        unsettled.removeFirst(position)
        return false
      }
      let node = Int(unsettled[position])
      position += 1
      party.base[node].isUnsettled = false
      pass(node)
    }
    unsettled.removeAll(keepingCapacity: true)
    return true
  }

  /// Passes on in the order of the parties, to and fro, and then again by halves.
  ///
  /// What goes round a ring in turn may never meet; where half stays behind, it does in the end.
  private mutating func sweep(_ members: [NodeIndex]) {
    for part in [1, 0.5] {
      for node in members { pass(node, part: part) }
      for node in members.reversed() { pass(node, part: part) }
    }
  }

  /// Passes on what is missing at a party, or a part of it, where that is not tolerated.
  @inline(__always)
  private mutating func pass(_ node: NodeIndex, part: Double = 1) {
    guard isInside(node), isMissing(node) else { return }
    update(node)
    let change = part * party.base[node].missing / party.base[node].paid
    party.base[node].missing *= 1 - part
    party.base[node].rate = max(party.base[node].rate + change, .leastNormalMagnitude)
    for arc in graph.row(node) where isInside(graph.target[arc]) {
      party.base[graph.target[arc]].missing += change * weight[arc]
      note(graph.target[arc])
    }
    note(node)
    // An end that has moved away is looked at again when it comes up.
    if change > 0 { ends.set(node, to: end(of: node)) }
    workLeft -= graph.row(node).count + 10
  }

  /// The strong components of two or more among some parties of a component.
  private func parts(of members: [NodeIndex]) -> [[NodeIndex]] {
    for (index, node) in members.enumerated() { position.base[node] = Int32(index) }
    var rowStart = [0]
    var target: [NodeIndex] = []
    for node in members {
      for arc in graph.row(node) where isInside(graph.target[arc]) {
        target.append(Int(position.base[graph.target[arc]]))
      }
      rowStart.append(target.count)
    }
    let found = StrongComponents(of: SparseGraph(rowStart: rowStart, target: target))
    return found.circles.map { $0.map { members[$0] } }
  }

  /// Says of all that a party pays inside what is left of it.
  private mutating func close(_ node: NodeIndex) {
    for arc in graph.row(node) where isInside(graph.target[arc]) {
      rest[arc] = weight[arc] * party.base[node].left
    }
  }
}

public import Graphs
internal import Numerics
public import Networks

/// Where the receipts of one party began.
public struct ReceiptOrigins: Sendable, Equatable {
  /// The beginnings that are told apart and their shares, largest first, ties by id.
  public let origins: [Provenance.Origin]
  /// The share that never entered the network.
  public let unsourced: Double
  /// The share that began at sources too small to be told apart: 0 where all are.
  public let others: Double
  /// The share that was not followed to its beginning: what the other shares are short of in all.
  public let untraced: Double

  init(origins: [Provenance.Origin], unsourced: Double, others: Double, untraced: Double) {
    (self.origins, self.unsourced) = (origins, unsourced)
    (self.others, self.untraced) = (others, untraced)
  }

  /// Follows what `party` receives back to where it began, all sources told apart, in a network of any size.
  ///
  /// A share that has come to a party leaves e/T of itself with what enters there, and goes on to each
  /// payer by its part of the receipts. Shares are pushed on as long as they are above a floor, whoever
  /// has one first (Andersen, Chung and Lang, "Local Graph Partitioning using PageRank Vectors", *47th
  /// Annual IEEE Symposium on Foundations of Computer Science*, 2006, doi:10.1109/FOCS.2006.44),
  /// components of payees before those of payers. What stays below the floor is ``untraced``: 10⁻⁹ in all.
  ///
  /// - Parameters:
  ///   - party: Whose receipts.
  ///   - network: A network that balances within one part in 10⁴.
  /// - Throws: ``MeasureError/unbalanced(party:)``.
  /// - Complexity: O(*n* + *m*) for each time all shares are pushed on; after 4·10⁸ payments the rest is
  ///   untraced.
  public init(of party: NodeIndex, in network: FlowNetwork) throws(MeasureError) {
    if let node = network.firstUnbalanced(within: 1e-4) {
      throw .unbalanced(party: network.nodes[node])
    }
    var push = BackwardPush(network)
    push.run(from: party)
    var sums = SumsByID()
    for flow in network.inflows where push.visits[flow.node] > 0 {
      let share = push.visits[flow.node] * flow.weight / push.throughflow[flow.node]
      sums.add(share, to: Provenance.id(of: flow, network))
    }
    origins = sums.largestFirst.map { Provenance.Origin(id: sums.ids[$0], share: sums.amount($0)) }
    (unsourced, untraced, others) = (push.unsourced, push.left, 0)
  }
}

/// A share followed from a party to those who paid it, and on.
private struct BackwardPush {
  private let network: FlowNetwork
  private let incoming: (graph: SparseGraph, arc: [Int])
  private let components: StrongComponents
  let throughflow: [Double]
  private let floor: Double
  private var held: [Double]
  /// What has come to each party, all times together.
  private(set) var visits: [Double]
  private(set) var unsourced = 0.0
  private var work = 0

  init(_ network: FlowNetwork) {
    self.network = network
    incoming = network.reversedGraph
    components = StrongComponents(of: network.graph)
    throughflow = network.throughflow
    let count = network.nodes.count
    floor = 1e-9 / Double(max(1, count))
    held = [Double](repeating: 0, count: count)
    visits = held
  }

  /// What is still on its way.
  var left: Double { held.compensatedSum }

  mutating func run(from party: NodeIndex) {
    guard throughflow[party] > 0 else { return }
    held[party] = 1
    let entering = network.inflowByNode
    for members in components.members where members.contains(where: { held[$0] > 0 }) {
      let isEntered =
        members.contains { entering[$0] > 0 } || components.isPaid(members, along: incoming.graph)
      if isEntered {
        pushOn(members)
      } else {
        for node in members {
          unsourced += held[node]
          held[node] = 0
        }
      }
    }
  }

  /// Pushes on what a component holds, whoever came to hold it first.
  private mutating func pushOn(_ members: [NodeIndex]) {
    let own = components.component[members[0]]
    let least = members.count == 1 ? 0 : floor
    var waiting = members.filter { held[$0] > least }
    while !waiting.isEmpty, work < SourceTrace.mostWork {
      var next: [NodeIndex] = []
      for node in waiting {
        let share = held[node]
        held[node] = 0
        visits[node] += share
        let row = incoming.graph.row(node)
        work += 1 + row.count
        for arc in row {
          let payer = incoming.graph.target[arc]
          let before = held[payer]
          held[payer] += share * network.weight[incoming.arc[arc]] / throughflow[node]
          let comesToWait = before <= least && held[payer] > least
          if comesToWait, components.component[payer] == own { next.append(payer) }
        }
      }
      waiting = next
    }
  }
}

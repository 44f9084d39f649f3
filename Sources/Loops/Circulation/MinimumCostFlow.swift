internal import Columns
import Networks

/// The least money that moves as much from every node, net, as given flows do, along the same arcs.
///
/// What it leaves of the flows is a largest circulation. Every node sends what it pays net to those that
/// receive net, over as few arcs as capacity allows: a flow of least cost, each arc costing one. Found by
/// the primal–dual method (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, section 9.8): as distances
/// grow from the nodes that send to those that receive, a largest flow over shortest paths alone is sent
/// at each distance. Amounts are whole numbers, so the optimum is exact.
///
/// - Complexity: One search and one largest flow for each distance that occurs: few in networks where
///   everybody is a few payments from everybody, as many as there are nodes in a long ring.
struct MinimumCostFlow: Sendable {
  /// The arcs, with what they carry.
  let arcs: ResidualNetwork
  /// π: an arc costs 1 + π(source) − π(target), never below zero if it has room, never above if it
  /// carries anything.
  let potential: Column<Int32>

  /// What each node still has to send; below zero what it still has to receive.
  private let excess: Column<Int>
  private let distance: Column<Int32>
  private var senders: [Int32] = []
  private var receivers: [Int32] = []

  /// Finds the least flow over arcs that carry nothing yet.
  init(_ arcs: ResidualNetwork) {
    self.arcs = arcs
    potential = Column(repeating: 0, count: arcs.nodeCount)
    distance = Column(repeating: .max, count: arcs.nodeCount)
    excess = Column(repeating: 0, count: arcs.nodeCount)
    settle()
  }

  /// Finds the least flow for the capacities that there are now, from the flow and the potentials that there are.
  mutating func settle() {
    for node in 0..<arcs.nodeCount { excess.base[node] = 0 }
    for node in 0..<arcs.nodeCount {
      for half in arcs.row(node) {
        if node < arcs.head.base[half] { arcs.fit(half, rise: rise(half, from: node)) }
        let capacity = arcs.capacity.base[half]
        excess.base[node] += capacity - arcs.flow.base[half]
        excess.base[Int(arcs.head.base[half])] -= capacity
      }
    }
    senders = (0..<Int32(arcs.nodeCount)).filter { excess.base[Int($0)] > 0 }
    receivers = (0..<Int32(arcs.nodeCount)).filter { excess.base[Int($0)] < 0 }
    var free = AdmissibleArcs(arcs, excess: excess)
    // Where nothing could be sent a step further, the next distance at which something can is searched for.
    var isNear = false
    while !senders.isEmpty {
      if !isNear { approach() }
      isNear = free.send(from: senders, to: receivers, potential: potential)
      senders.removeAll { excess.base[Int($0)] == 0 }
      receivers.removeAll { excess.base[Int($0)] == 0 }
    }
  }

  /// How much higher the potential is where a half leads.
  @inline(__always)
  private func rise(_ half: Int, from tail: Int) -> Int32 {
    potential.base[Int(arcs.head.base[half])] &- potential.base[tail]
  }

  /// Lowers potentials around those that send until one that receives comes into reach.
  ///
  /// Distances in buckets, as Dial has them.
  private func approach() {
    var seen = senders
    var buckets = [senders]
    for sender in senders { distance.base[Int(sender)] = 0 }
    var reached: Int32 = 0
    search: while Int(reached) < buckets.count {
      while let tail = buckets[Int(reached)].popLast() {
        guard distance.base[Int(tail)] == reached else { continue }
        if excess.base[Int(tail)] < 0 { break search }
        for half in arcs.row(Int(tail)) {
          let head = arcs.head.base[half]
          guard distance.base[Int(head)] > reached,
            arcs.flow.base[half] < arcs.capacity.base[half]
          else { continue }
          let further = reached + cost(half, from: Int(tail))
          guard further < distance.base[Int(head)] else { continue }
          if distance.base[Int(head)] == .max { seen.append(head) }
          distance.base[Int(head)] = further
          while buckets.count <= Int(further) { buckets.append([]) }
          buckets[Int(further)].append(head)
        }
      }
      reached += 1
    }
    for node in seen {
      potential.base[Int(node)] -= max(0, reached - distance.base[Int(node)])
      distance.base[Int(node)] = .max
    }
  }

  /// What one more unit costs over a half that has room, given the potentials.
  ///
  /// One, or one less where a unit that comes from there is taken back for it.
  @inline(__always)
  private func cost(_ half: Int, from tail: Int) -> Int32 {
    (arcs.flow.base[half] < 0 ? -1 : 1) &- rise(half, from: tail)
  }
}

internal import Columns
import Networks

/// The arcs that cost nothing at the potentials of the moment, and largest flows over them.
///
/// Shortest augmenting paths with distance labels (Ahuja, Magnanti and Orlin, *Network Flows*, 1993,
/// section 7.4): a node's level grows only where a path gets stuck at it, so that what is left to send
/// late costs little. Where many got stuck, all levels are set anew.
struct AdmissibleArcs {
  /// The level of nodes from which no way leads to one that receives.
  private static let dead = Int32.max
  /// The lowest bits of a way: whether more can go there, and whether more can come from there.
  private static let leads: UInt32 = 1
  private static let comes: UInt32 = 2

  private let arcs: ResidualNetwork
  /// Where the free halves at each node begin.
  private let rowStart: Column<Int32>
  /// The node that each free half leads to, above the bits.
  private let way: Column<UInt32>
  /// How much more can go there for nothing.
  private let room: Column<Int>
  /// Which half each is of all, and which each of all is.
  private let half: Column<Int32>
  private let place: Column<Int32>

  /// How many free arcs each node is at least from one that receives.
  private let level: Column<Int32>
  /// The free half at each node to look at next.
  private let next: Column<Int32>
  /// How many nodes have each level.
  private let population: Column<Int32>
  private let queue: Column<Int32>
  /// What each node still has to send; below zero what it still has to receive.
  private let excess: Column<Int>
  /// The dead ends in the order in which they were found, and where the only free arc of each leads.
  private let deadEnd: Column<Int32>
  private let onlyWay: Column<Int32>
  private var deadEndCount = 0
  /// The free halves along the path at hand.
  private let path: Column<Int32>
  private var length = 0
  private var hasSent = false
  /// How many halves were looked at to raise levels since all were set.
  private var work = 0

  init(_ arcs: ResidualNetwork, excess: Column<Int>) {
    self.arcs = arcs
    self.excess = excess
    rowStart = Column(unwritten: arcs.nodeCount + 1)
    way = Column(unwritten: arcs.head.count)
    room = Column(unwritten: arcs.head.count)
    half = Column(unwritten: arcs.head.count)
    place = Column(unwritten: arcs.head.count)
    level = Column(unwritten: arcs.nodeCount)
    next = Column(unwritten: arcs.nodeCount)
    population = Column(unwritten: arcs.nodeCount + 1)
    queue = Column(unwritten: arcs.nodeCount)
    path = Column(unwritten: arcs.nodeCount)
    deadEnd = Column(unwritten: arcs.nodeCount)
    onlyWay = Column(unwritten: arcs.nodeCount)
  }

  /// Sends as much as can go from `senders` to `receivers` over arcs that are free at `potential`.
  ///
  /// Then lowers the potentials of all from which none that receives is reached any more by one: that keeps
  /// every arc's cost where it must be, and may make arcs free.
  ///
  /// - Returns: Whether anything could go.
  mutating func send(
    from senders: [Int32],
    to receivers: [Int32],
    potential: Column<Int32>
  ) -> Bool {
    load(potential)
    label(receivers)
    hasSent = false
    for sender in senders { send(from: Int(sender), receivers) }
    for position in (0..<deadEndCount).reversed() {
      let (node, only) = (Int(deadEnd.base[position]), Int(onlyWay.base[position]))
      level.base[node] = level.base[only]
    }
    for node in 0..<arcs.nodeCount {
      potential.base[node] &-= level.base[node] == Self.dead ? 1 : 0
    }
    return hasSent
  }

  /// Keeps the arcs between nodes whose potentials differ by what an arc costs, but for dead ends.
  private mutating func load(_ potential: Column<Int32>) {
    findDeadEnds(potential)
    var count = 0
    for node in 0..<arcs.nodeCount {
      rowStart.base[node] = Int32(count)
      guard level.base[node] > 0 else { continue }
      let own = potential.base[node]
      for index in arcs.row(node) {
        let other = arcs.head.base[index]
        let difference = potential.base[Int(other)] &- own
        guard difference.magnitude == 1, level.base[Int(other)] > 0 else { continue }
        // Up, an arc carries something or has room; down, it only gives back what it carries.
        let (flow, capacity) = (arcs.flow.base[index], arcs.capacity.base[index])
        let room = difference == 1 ? capacity - flow : -flow
        let roomBack = difference == 1 ? flow : arcs.capacityBack.base[index] + flow
        self.room.base[count] = room
        way.base[count] =
          UInt32(other) << 2 | (room > 0 ? Self.leads : 0) | (roomBack > 0 ? Self.comes : 0)
        half.base[count] = Int32(index)
        place.base[index] = Int32(count)
        count += 1
      }
    }
    rowStart.base[arcs.nodeCount] = Int32(count)
  }

  /// Puts into `level` how many free arcs each node has that lead to no dead end: nodes without any, and
  /// those that money could only leave by the way it came.
  ///
  /// The only other end of a node's arcs is the exclusive or of all other ends, once those at dead ends
  /// are taken out of it.
  private mutating func findDeadEnds(_ potential: Column<Int32>) {
    for node in 0..<arcs.nodeCount {
      var (degree, ends): (Int32, Int32) = (0, 0)
      let own = potential.base[node]
      for index in arcs.row(node) {
        let other = arcs.head.base[index]
        let isFree = (potential.base[Int(other)] &- own).magnitude == 1
        degree += isFree ? 1 : 0
        ends ^= isFree ? other : 0
      }
      level.base[node] = degree
      next.base[node] = ends
    }
    deadEndCount = 0
    for node in 0..<Int32(arcs.nodeCount) {
      var end = node
      while level.base[Int(end)] == 1, excess.base[Int(end)] == 0 {
        let other = next.base[Int(end)]
        deadEnd.base[deadEndCount] = end
        onlyWay.base[deadEndCount] = other
        deadEndCount += 1
        level.base[Int(end)] = 0
        level.base[Int(other)] -= 1
        next.base[Int(other)] ^= end
        end = other
      }
    }
  }

  /// Labels nodes by how many free arcs they are from one that receives.
  private mutating func label(_ receivers: [Int32]) {
    work = 0
    for node in 0..<arcs.nodeCount {
      level.base[node] = Self.dead
      next.base[node] = rowStart.base[node]
      population.base[node] = 0
    }
    var (position, seen) = (0, 0)
    for receiver in receivers where excess.base[Int(receiver)] < 0 {
      queue.base[seen] = receiver
      seen += 1
      level.base[Int(receiver)] = 0
    }
    while position < seen {
      let node = Int(queue.base[position])
      let further = level.base[node] + 1
      population.base[Int(further) - 1] += 1
      position += 1
      for place in row(node) where way.base[place] & Self.comes != 0 {
        let tail = Int32(way.base[place] >> 2)
        guard level.base[Int(tail)] == Self.dead else { continue }
        level.base[Int(tail)] = further
        queue.base[seen] = tail
        seen += 1
      }
    }
  }

  @inline(__always)
  private func row(_ node: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(rowStart.base[node]), Int(rowStart.base[node + 1])))
  }

  /// Sends what `sender` has, until it has no more or no way out.
  private mutating func send(from sender: Int, _ receivers: [Int32]) {
    length = 0
    var tail = sender
    while excess.base[sender] > 0, level.base[sender] < Self.dead {
      if excess.base[tail] < 0 {
        fill(from: sender, to: tail)
      } else if step(from: tail) {
        path.base[length] = next.base[tail]
        length += 1
      } else if !raise(tail) {
        bury(tail)
        length = (0..<length).first { level.base[end($0)] == Self.dead } ?? length
      } else if work > 2 * Int(rowStart.base[arcs.nodeCount]) {
        label(receivers)
        length = 0
      } else if length > 0 {
        length -= 1
      }
      tail = length > 0 ? end(length - 1) : sender
    }
  }

  /// Where the path stands after one of its arcs.
  @inline(__always)
  private func end(_ position: Int) -> Int { Int(way.base[Int(path.base[position])] >> 2) }

  /// The level to which a free half leads; none where nothing more can go there.
  @inline(__always)
  private func level(beyond way: UInt32) -> Int32 {
    level.base[Int(way >> 2)] | ((Int32(bitPattern: way & Self.leads) &- 1) & Self.dead)
  }

  /// Finds the next half that leads one level down.
  @inline(__always)
  private func step(from tail: Int) -> Bool {
    let end = Int(rowStart.base[tail + 1])
    let wanted = level.base[tail] &- 1
    var place = Int(next.base[tail])
    while place < end {
      if level(beyond: way.base[place]) == wanted {
        next.base[tail] = Int32(truncatingIfNeeded: place)
        return true
      }
      place &+= 1
    }
    return false
  }

  /// Raises the level of a node from which no half leads one level down.
  ///
  /// - Returns: `false` where no way leads from it to one that receives: it has no arcs, or leaves its
  ///   level empty, so that all above it are cut off.
  @inline(__always)
  private mutating func raise(_ tail: Int) -> Bool {
    let old = level.base[tail]
    var (least, best) = (Self.dead, 0)
    let row = row(tail)
    for place in row {
      let found = level(beyond: way.base[place])
      best = found < least ? place : best
      least = min(least, found)
    }
    work &+= row.count
    guard least < Self.dead, population.base[Int(old)] > 1 else { return false }
    population.base[Int(old)] -= 1
    population.base[Int(least) + 1] += 1
    level.base[tail] = least + 1
    next.base[tail] = Int32(truncatingIfNeeded: best)
    return true
  }

  /// Marks a node as dead, and all that its arcs lead to, which then is so too.
  private func bury(_ first: Int) {
    var (position, end) = (0, 0)
    func bury(_ node: Int32) {
      population.base[Int(level.base[Int(node)])] -= 1
      level.base[Int(node)] = Self.dead
      queue.base[end] = node
      end += 1
    }
    bury(Int32(first))
    while position < end {
      let tail = Int(queue.base[position])
      position += 1
      for place in row(tail) where level(beyond: way.base[place]) < Self.dead {
        bury(Int32(way.base[place] >> 2))
      }
    }
  }

  /// Sends as much as the path has room for, and goes back to before the first arc that it fills.
  private mutating func fill(from sender: Int, to receiver: Int) {
    var amount = min(excess.base[sender], -excess.base[receiver])
    for position in 0..<length { amount = min(amount, room.base[Int(path.base[position])]) }
    hasSent = true
    excess.base[sender] -= amount
    excess.base[receiver] += amount
    var full = length
    for position in (0..<length).reversed() {
      let place = Int(path.base[position])
      if room.base[place] == amount { full = position }
      carry(amount, over: place)
    }
    length = full
  }

  private func carry(_ amount: Int, over place: Int) {
    let there = Int(half.base[place])
    let back = Int(arcs.mate.base[there])
    let mate = Int(self.place.base[back])
    arcs.flow.base[there] += amount
    arcs.flow.base[back] -= amount
    room.base[place] -= amount
    room.base[mate] += amount
    // Some came there, so some can come back; whether more can go is all that may change.
    let both = Self.leads | Self.comes
    way.base[place] = (way.base[place] & ~both) | (room.base[place] > 0 ? both : Self.comes)
    way.base[mate] = (way.base[mate] & ~both) | (room.base[place] > 0 ? both : Self.leads)
  }
}

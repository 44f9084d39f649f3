internal import Columns

/// Payments as a network in time: what a party was paid waits there, and leaves by what it pays later.
///
/// A node is a party at a moment at which it is paid; money waits from each to the next, and, so that ways stay short, to
/// the eighth, the sixty-fourth and so on. Where only ways through two others or more count, each party stands twice:
/// with what came straight from home, and with what came through another; a payment by which both can leave has a gate
/// that holds their sum to its amount.
struct WaitingNetwork {
  private(set) var flow = LargestFlow()
  /// The payment of each edge, by half the edge's number; -1 where money waits.
  private var paymentOfEdge = GrowingBuffer<Int32>()
  // Of each chain of a party's nodes: the first, how many there are, how many moments were come to, and the last.
  private var start = GrowingBuffer<Int32>()
  private var opened = GrowingBuffer<Int32>()
  private var latest = GrowingBuffer<Int32>()
  /// Where the money of each payment comes from: the node of each of its payer's chains, -1 where there is none.
  private var origins = GrowingBuffer<(Int32, Int32)>()

  func free() {
    flow.free()
    for list in [paymentOfEdge, start, opened, latest] { list.free() }
    origins.free()
  }

  /// The most that flows from home and back by some of the payments.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - range: Which of them count, all of a moment or none.
  ///   - ways: Which ways count.
  ///   - allowsTies: Whether a payment may follow another of its moment.
  ///   - limit: How many edges to look at before giving up.
  /// - Returns: The most; `nil` where it was given up.
  mutating func most(
    _ payments: ReturnPayments,
    _ range: Range<Int>,
    _ ways: MoneyReturns.Ways,
    allowsTies: Bool,
    limit: Int
  ) -> Int64? {
    let isDoubled = ways == .throughOthers
    lay(payments, range, isDoubled)
    connect(payments, range, isDoubled, allowsTies)
    return flow.send(limit: limit)
  }

  @inline(__always)
  private func chain(_ payment: ReturnPayments.Payment, _ isDoubled: Bool) -> Int {
    isDoubled
      ? 2 * Int(payment.payee) + (payment.payer == 0 ? 0 : 1) : Int(payment.payee)
  }

  /// Lays out the nodes of each party in the order of time, and lets money wait.
  private mutating func lay(_ payments: ReturnPayments, _ range: Range<Int>, _ isDoubled: Bool) {
    let chains = payments.partyCount * (isDoubled ? 2 : 1)
    start.reserve(chains)
    latest.reserve(chains)
    opened.reserve(chains)
    start.base.update(repeating: 0, count: chains)
    latest.base.update(repeating: -1, count: chains)
    opened.base.update(repeating: 0, count: chains)
    for payment in payments.payments[range] where payment.payee != 0 {
      let chain = chain(payment, isDoubled)
      if latest.base[chain] != payment.moment {
        latest.base[chain] = payment.moment
        start.base[chain] += 1
      }
    }
    var node: Int32 = 2
    for chain in 0..<chains {
      let count = start.base[chain]
      start.base[chain] = node
      node += count
    }
    flow.begin(nodeCount: Int(node))
    paymentOfEdge.count = 0
    for chain in 0..<chains {
      wait(start.base[chain]..<(chain + 1 < chains ? start.base[chain + 1] : node))
      latest.base[chain] = -1
    }
  }

  private mutating func wait(_ nodes: Range<Int32>) {
    var stride: Int32 = 1
    while stride < Int32(nodes.count) {
      var node = nodes.lowerBound
      while node + stride < nodes.upperBound {
        add(node, node + stride, LargestFlow.unbounded, payment: -1)
        node += stride
      }
      stride *= 8
    }
  }

  @inline(__always)
  private mutating func add(_ from: Int32, _ to: Int32, _ capacity: Int64, payment: Int32) {
    flow.addEdge(from, to, capacity: capacity)
    paymentOfEdge.append(payment)
  }

  /// Adds the payments, those of one moment together.
  private mutating func connect(
    _ payments: ReturnPayments,
    _ range: Range<Int>,
    _ isDoubled: Bool,
    _ allowsTies: Bool
  ) {
    origins.reserve(payments.payments.count)
    var begin = range.lowerBound
    while begin < range.upperBound {
      let group = begin..<payments.momentEnd(begin)
      for index in group {
        let payment = payments.payments[index]
        if allowsTies { open(payment, isDoubled) } else { note(index, payment, isDoubled) }
      }
      for index in group {
        let payment = payments.payments[index]
        if allowsTies { note(index, payment, isDoubled) } else { open(payment, isDoubled) }
        connect(index, payment, isDoubled)
      }
      begin = group.upperBound
    }
  }

  /// Notes that a payee is paid at the payment's moment.
  private mutating func open(_ payment: ReturnPayments.Payment, _ isDoubled: Bool) {
    guard payment.payee != 0 else { return }
    let chain = chain(payment, isDoubled)
    guard latest.base[chain] != payment.moment else { return }
    latest.base[chain] = payment.moment
    opened.base[chain] += 1
  }

  /// Notes where the money of a payment can come from.
  private mutating func note(_ index: Int, _ payment: ReturnPayments.Payment, _ isDoubled: Bool) {
    guard payment.payer != 0 else {
      origins.base[index] = (LargestFlow.source, -1)
      return
    }
    let payer = Int(payment.payer)
    guard isDoubled else {
      origins.base[index] = (node(payer), -1)
      return
    }
    // What came straight from home does not go straight home.
    origins.base[index] = (payment.payee == 0 ? -1 : node(2 * payer), node(2 * payer + 1))
  }

  /// Where what a chain has taken so far waits; -1 where it has taken nothing.
  private func node(_ chain: Int) -> Int32 {
    opened.base[chain] == 0 ? -1 : start.base[chain] + opened.base[chain] - 1
  }

  private mutating func connect(_ index: Int, _ payment: ReturnPayments.Payment, _ isDoubled: Bool)
  {
    let (first, second) = origins.base[index]
    let place = Int32(truncatingIfNeeded: index)
    let target = payment.payee == 0 ? LargestFlow.sink : node(chain(payment, isDoubled))
    guard first >= 0, second >= 0 else {
      if max(first, second) >= 0 { add(max(first, second), target, payment.amount, payment: place) }
      return
    }
    let gate = flow.addNode()
    add(first, gate, LargestFlow.unbounded, payment: -1)
    add(second, gate, LargestFlow.unbounded, payment: -1)
    add(gate, target, payment.amount, payment: place)
  }
}

extension WaitingNetwork {
  /// A way that some money went: how much, and by which payments, as positions.
  struct Way {
    let amount: Int64
    let payments: [Int]
  }

  /// Takes the flow apart into ways, and with it all that went round at one moment without coming home.
  mutating func takeWays() -> [Way] {
    var ways: [Way] = []
    while let way = takeWay() {
      if way.amount > 0 { ways.append(way) }
    }
    return ways
  }

  private mutating func takeWay() -> Way? {
    var edges: [Int32] = []
    var place: [Int32: Int] = [LargestFlow.source: 0]
    var node = LargestFlow.source
    while node != LargestFlow.sink {
      guard let (edge, target) = flow.carrier(from: node) else {
        precondition(edges.isEmpty, "what flows in flows out")
        return nil
      }
      edges.append(edge)
      node = target
      if let begin = place[node] {
        // It went round: that much is no way home.
        take(edges[begin...])
        return Way(amount: 0, payments: [])
      }
      place[node] = edges.count
    }
    let amount = take(edges[...])
    let payments = edges.map { Int(paymentOfEdge.base[Int($0) >> 1]) }.filter { $0 >= 0 }
    return Way(amount: amount, payments: payments)
  }

  @discardableResult
  private mutating func take(_ edges: ArraySlice<Int32>) -> Int64 {
    let units = edges.map { flow.flow($0) }.min() ?? 0
    for edge in edges { flow.take(units, off: edge) }
    return units
  }
}

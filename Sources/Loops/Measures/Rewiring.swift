internal import Graphs
public import Numerics
public import Networks

extension FlowNetwork {
  /// A random network in which every party pays and receives as much in all as in this one.
  ///
  /// Takes two flows at random, a → b and c → d, and moves the smaller of the two amounts from them
  /// to a → d and c → b, unless that made somebody pay itself; again and again. Totals by payer and by
  /// payee stay exactly the same, and so do boundary flows. Swaps as in Gandy and Veraart, "A
  /// Bayesian methodology for systemic risk assessment in financial networks", *Management Science*
  /// 63(12), 2017, doi:10.1287/mnsc.2016.2546, on cycles of four.
  ///
  /// - Parameters:
  ///   - stream: Where chance comes from.
  ///   - swapsPerFlow: How many swaps to try for each flow.
  /// - Returns: The rewired network. Amounts that are no decimals of few digits are rounded to 2⁻⁶¹ of
  ///   the total.
  public func rewired(
    using stream: inout RandomStream,
    swapsPerFlow: Int = 30
  ) -> FlowNetwork {
    let whole = WholeAmounts(weight)
    var swaps = SwapTable(flows: flows, amounts: whole.amounts, nodeCount: nodes.count)
    for _ in 0..<swapsPerFlow * flowCount { swaps.swap(using: &stream) }
    return replacingFlows(
      swaps.flows.map { Flow(payer: $0.payer, payee: $0.payee, weight: whole.amount($0.amount)) }
    )
  }
}

/// The flows of a network while they are swapped.
private struct SwapTable {
  private(set) var flows: [(payer: NodeIndex, payee: NodeIndex, amount: Int)] = []
  private var places: PlaceTable

  init(flows: [FlowNetwork.Flow], amounts: [Int], nodeCount: Int) {
    places = PlaceTable(nodeCount: nodeCount)
    for (flow, amount) in zip(flows, amounts) { add(amount, flow.payer, flow.payee) }
  }

  mutating func swap(using stream: inout RandomStream) {
    guard flows.count > 1 else { return }
    let first = flows[stream.whole(below: flows.count)]
    let second = flows[stream.whole(below: flows.count)]
    guard first.payer != second.payer, first.payee != second.payee,
      first.payer != second.payee, second.payer != first.payee
    else { return }
    let amount = min(first.amount, second.amount)
    add(-amount, first.payer, first.payee)
    add(-amount, second.payer, second.payee)
    add(amount, first.payer, second.payee)
    add(amount, second.payer, first.payee)
  }

  private mutating func add(_ amount: Int, _ payer: NodeIndex, _ payee: NodeIndex) {
    guard amount != 0 else { return }
    guard let index = places[payer, payee] else {
      places[payer, payee] = flows.count
      flows.append((payer, payee, amount))
      return
    }
    flows[index].amount += amount
    if flows[index].amount == 0 { remove(at: index) }
  }

  /// The last flow takes the place of the removed one.
  private mutating func remove(at index: Int) {
    places[flows[index].payer, flows[index].payee] = nil
    let last = flows.removeLast()
    guard index < flows.count else { return }
    flows[index] = last
    places[last.payer, last.payee] = index
  }
}

/// Where the flow of each pair stands: a square for few parties, a dictionary for many.
private struct PlaceTable {
  private struct Pair: Hashable {
    let payer: NodeIndex
    let payee: NodeIndex
  }

  private static let largestSquare = 512

  private let nodeCount: Int
  private var square: [Int32] = []
  private var byPair: [Pair: Int] = [:]

  init(nodeCount: Int) {
    self.nodeCount = nodeCount
    guard nodeCount <= Self.largestSquare else { return }
    square = [Int32](repeating: -1, count: nodeCount * nodeCount)
  }

  subscript(payer: NodeIndex, payee: NodeIndex) -> Int? {
    get {
      guard !square.isEmpty else { return byPair[Pair(payer: payer, payee: payee)] }
      let place = square[payer * nodeCount + payee]
      return place < 0 ? nil : Int(place)
    }
    set {
      guard !square.isEmpty else {
        byPair[Pair(payer: payer, payee: payee)] = newValue
        return
      }
      square[payer * nodeCount + payee] = newValue.map { Int32($0) } ?? -1
    }
  }
}

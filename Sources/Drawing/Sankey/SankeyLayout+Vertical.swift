extension SankeyLayout {
  /// Moves every item to where its flows run straightest, order and gaps kept.
  mutating func settle() {
    for layer in plan.layers.indices { spread(layer) }
    let rounds = plan.layerOf.count > 4000 ? 4 : 14
    let links = self.links()
    for round in 0..<rounds {
      let isForward = round.isMultiple(of: 2)
      let order = isForward ? Array(plan.layers.indices) : plan.layers.indices.reversed()
      for layer in order { straighten(layer, links) }
    }
  }

  private typealias Pull = (item: Int, difference: Double, weight: Double)

  /// For each item, what it is joined to and how much higher it would stand than that if the flow
  /// between them were level.
  private func links() -> [[Pull]] {
    var links = [[Pull]](repeating: [], count: plan.layerOf.count)
    for (index, chain) in plan.chains.enumerated() where plan.courses[index] == .forward {
      let weight = flowWidth(index) + 0.05
      for (place, pair) in zip(chain, chain.dropFirst()).enumerated() {
        let start = place == 0 ? leavingOffsets[index] : flowWidth(index) / 2
        let end = place == chain.count - 2 ? enteringOffsets[index] : flowWidth(index) / 2
        links[pair.0].append((pair.1, end - start, weight))
        links[pair.1].append((pair.0, start - end, weight))
      }
    }
    return links
  }

  /// A first place: each column centred about a common line.
  private mutating func spread(_ layer: Int) {
    var y = 0.0
    var previous: Int?
    for item in plan.layers[layer] {
      y += previous.map { gap($0, item) } ?? headroom(item)
      tops[item] = y
      y += heights[item]
      previous = item
    }
    for item in plan.layers[layer] { tops[item] -= y / 2 }
  }

  /// The places nearest to where each item would be, least squares by weight, with order and gaps
  /// kept: pooling of adjacent violators.
  private mutating func straighten(_ layer: Int, _ links: [[Pull]]) {
    var pools: [(sum: Double, weight: Double, count: Int)] = []
    var offset = 0.0
    var offsets: [Double] = []
    var previous: Int?
    for item in plan.layers[layer] {
      if let previous { offset += heights[previous] + gap(previous, item) }
      offsets.append(offset)
      previous = item
      let (wanted, weight) = wish(item, links[item])
      pools.append(((wanted - offset) * weight, weight, 1))
      while pools.count > 1, mean(pools[pools.count - 2]) > mean(pools[pools.count - 1]) {
        let last = pools.removeLast()
        let joined = pools.removeLast()
        pools.append(
          (joined.sum + last.sum, joined.weight + last.weight, joined.count + last.count)
        )
      }
    }
    var place = 0
    for pool in pools {
      for _ in 0..<pool.count {
        tops[plan.layers[layer][place]] = mean(pool) + offsets[place]
        place += 1
      }
    }
  }

  private func mean(_ pool: (sum: Double, weight: Double, count: Int)) -> Double {
    pool.sum / pool.weight
  }

  private func wish(_ item: Int, _ links: [Pull]) -> (top: Double, weight: Double) {
    let total = links.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return (tops[item], 0.05) }
    let sum = links.reduce(0) { $0 + $1.weight * (tops[$1.item] - $1.difference) }
    return (sum / total, total)
  }
}

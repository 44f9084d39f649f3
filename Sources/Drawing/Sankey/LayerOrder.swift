/// The order of items within columns, so that little money crosses other money.
///
/// Sweeps by weighted barycentres, the best kept; then exchanges of neighbours while they help.
/// Sugiyama, Tagawa and Toda's method in its usual form.
struct LayerOrder {
  typealias Link = (item: Int, weight: Double)

  private(set) var layers: [[Int]]
  private(set) var places: [Int]
  private let before: [[Link]]
  private let after: [[Link]]

  init(layers: [[Int]], before: [[Link]], after: [[Link]]) {
    self.layers = layers
    self.before = before
    self.after = after
    places = [Int](repeating: 0, count: before.count)
    for index in layers.indices { number(index) }
    let links = after.reduce(0) { $0 + $1.count }
    sweep(rounds: links > 3000 ? 6 : 24)
    if links <= 3000 { exchange(rounds: 12) }
  }

  private mutating func number(_ layer: Int) {
    for (place, item) in layers[layer].enumerated() { places[item] = place }
  }

  private mutating func sweep(rounds: Int) {
    var best = layers
    var least = crossings()
    for round in 0..<rounds where least > 0 {
      let isForward = round.isMultiple(of: 2)
      for layer in isForward ? Array(layers.indices) : layers.indices.reversed() {
        sort(layer, by: isForward ? before : after)
      }
      let count = crossings()
      if count < least {
        least = count
        best = layers
      }
    }
    layers = best
    for index in layers.indices { number(index) }
  }

  private mutating func sort(_ layer: Int, by links: [[Link]]) {
    let keys = layers[layer].map { item -> (centre: Double, place: Int, item: Int) in
      let total = links[item].reduce(0) { $0 + $1.weight }
      guard total > 0 else { return (Double(places[item]), places[item], item) }
      let sum = links[item].reduce(0) { $0 + $1.weight * Double(places[$1.item]) }
      return (sum / total, places[item], item)
    }
    layers[layer] = keys.sorted { ($0.centre, $0.place) < ($1.centre, $1.place) }.map(\.item)
    number(layer)
  }

  /// The money that crosses other money, as the sum of products of weights.
  private func crossings() -> Double {
    layers.indices.dropFirst().reduce(0) { $0 + crossings(into: $1) }
  }

  private func crossings(into layer: Int) -> Double {
    let size = layers[layer].count
    var sums = [Double](repeating: 0, count: size + 1)
    var total = 0.0
    var crossing = 0.0
    for item in layers[layer - 1] {
      for link in after[item] {
        var index = places[link.item] + 1
        var upTo = 0.0
        while index > 0 {
          upTo += sums[index]
          index &= index - 1
        }
        crossing += link.weight * (total - upTo)
      }
      for link in after[item] {
        total += link.weight
        var index = places[link.item] + 1
        while index <= size {
          sums[index] += link.weight
          index += index & -index
        }
      }
    }
    return crossing
  }

  private mutating func exchange(rounds: Int) {
    for _ in 0..<rounds {
      var hasMoved = false
      for layer in layers.indices {
        for upper in layers[layer].indices.dropLast() where gain(layer, upper) > 1e-9 {
          layers[layer].swapAt(upper, upper + 1)
          places[layers[layer][upper]] = upper
          places[layers[layer][upper + 1]] = upper + 1
          hasMoved = true
        }
      }
      if !hasMoved { break }
    }
  }

  /// How much less would cross if the two neighbours changed places.
  private func gain(_ layer: Int, _ upper: Int) -> Double {
    let first = layers[layer][upper]
    let second = layers[layer][upper + 1]
    return gain(before[first], before[second]) + gain(after[first], after[second])
  }

  private func gain(_ upper: [Link], _ lower: [Link]) -> Double {
    var gain = 0.0
    for one in upper {
      for other in lower where places[one.item] != places[other.item] {
        let product = one.weight * other.weight
        gain += places[one.item] > places[other.item] ? product : -product
      }
    }
    return gain
  }
}

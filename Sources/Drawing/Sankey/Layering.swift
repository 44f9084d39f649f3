/// The column of each node: every forward flow runs to a later column, and heavy flows are short.
struct Layering {
  private(set) var layers: [Int]

  /// Columns by longest path, then each node pulled towards where most of its money is; the edges
  /// all run forward in the order.
  init(order places: [Int], edges: [(source: Int, target: Int, weight: Double)]) {
    let count = places.count
    var sources = [[(node: Int, weight: Double)]](repeating: [], count: count)
    var targets = sources
    for edge in edges {
      sources[edge.target].append((edge.source, edge.weight))
      targets[edge.source].append((edge.target, edge.weight))
    }
    let order = places.indices.sorted { places[$0] < places[$1] }
    layers = [Int](repeating: 0, count: count)
    for node in order {
      layers[node] = sources[node].map { layers[$0.node] + 1 }.max() ?? 0
    }
    let last = layers.max() ?? 0
    for _ in 0..<6 {
      var hasMoved = false
      for node in order.reversed() {
        let place = Self.place(layers[node], sources[node], targets[node], layers, last: last)
        if place != layers[node] {
          layers[node] = place
          hasMoved = true
        }
      }
      if !hasMoved { break }
    }
    close()
  }

  /// Where a node's flows are shortest: at the end of its room to which more of its money runs.
  private static func place(
    _ current: Int,
    _ sources: [(node: Int, weight: Double)],
    _ targets: [(node: Int, weight: Double)],
    _ layers: [Int],
    last: Int
  ) -> Int {
    let first = sources.map { layers[$0.node] + 1 }.max()
    let end = targets.map { layers[$0.node] - 1 }.min()
    let received = sources.reduce(0) { $0 + $1.weight }
    let paid = targets.reduce(0) { $0 + $1.weight }
    return switch (first, end) {
    case (let first?, let end?): paid > received ? end : first
    case (nil, let end?): end
    case (let first?, nil): first
    case (nil, nil): min(current, last)
    }
  }

  /// Leaves no column empty.
  private mutating func close() {
    let used = Set(layers).sorted()
    let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    layers = layers.map { places[$0] ?? 0 }
  }
}

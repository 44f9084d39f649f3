/// The outline of a band of money.
struct Ribbon {
  /// The outline as SVG's path data.
  let outline: String
  /// The line along its middle as SVG's path data.
  let middle: String

  /// A band that runs from left to right through points, level at each of them.
  ///
  /// - Parameters:
  ///   - stations: The level pieces: from, to, and the height of the middle.
  ///   - width: The width of the band, measured upright.
  init(stations: [(start: Double, end: Double, y: Double)], width: Double) {
    func edge(_ shift: Double) -> String {
      var path = ""
      for (index, station) in stations.enumerated() {
        if index == 0 {
          path += "\(decimal(station.end)) \(decimal(station.y + shift))"
        } else {
          let previous = stations[index - 1]
          path += Self.curve(previous.end, previous.y + shift, station.start, station.y + shift)
          if station.end > station.start { path += "H\(decimal(station.end))" }
        }
      }
      return path
    }
    func backEdge(_ shift: Double) -> String {
      var path = ""
      for index in stations.indices.reversed() {
        let station = stations[index]
        if index == stations.count - 1 {
          path += "\(decimal(station.start)) \(decimal(station.y + shift))"
        } else {
          let next = stations[index + 1]
          path += Self.curve(next.start, next.y + shift, station.end, station.y + shift)
          if station.end > station.start, index > 0 { path += "H\(decimal(station.start))" }
        }
      }
      return path
    }
    middle = "M" + edge(0)
    outline = "M" + edge(-width / 2) + "L" + backEdge(width / 2) + "Z"
  }

  private static func curve(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) -> String {
    let half = decimal((x0 + x1) / 2)
    return "C\(half) \(decimal(y0)) \(half) \(decimal(y1)) \(decimal(x1)) \(decimal(y1))"
  }

  /// A band that turns back: along level and upright pieces, with round corners.
  ///
  /// - Parameters:
  ///   - corners: The ends and corners of its middle, each piece level or upright.
  ///   - width: Its width.
  ///   - innerRadius: How tightly its inner edge turns.
  init(corners: [Point], width: Double, innerRadius: Double) {
    let radius = innerRadius + width / 2
    middle = "M" + Self.edge(corners, shift: 0, radius: radius)
    let there = Self.edge(corners, shift: width / 2, radius: radius)
    let back = Self.edge(corners.reversed(), shift: width / 2, radius: radius)
    outline = "M" + there + "L" + back + "Z"
  }

  /// The edge that lies to the left of the way, or its middle where the shift is 0.
  private static func edge(_ corners: [Point], shift: Double, radius: Double) -> String {
    let ways = zip(corners, corners.dropFirst()).map(direction)
    var path = ""
    for (index, corner) in corners.enumerated() {
      let incoming = index > 0 ? ways[index - 1] : ways[0]
      let outgoing = index < ways.count ? ways[index] : ways[ways.count - 1]
      // Left of a way (x, y) is (y, -x), with y downwards.
      let sideX = (index > 0 && index < ways.count) ? incoming.y + outgoing.y : incoming.y
      let sideY = (index > 0 && index < ways.count) ? incoming.x + outgoing.x : incoming.x
      let x = corner.x + sideX * shift
      let y = corner.y - sideY * shift
      guard index > 0, index < ways.count else {
        path += (path.isEmpty ? "" : "L") + "\(decimal(x)) \(decimal(y))"
        continue
      }
      let turn = incoming.x * outgoing.y - incoming.y * outgoing.x
      let bend = max(0, turn < 0 ? radius - shift : radius + shift)
      let startX = x - incoming.x * bend
      let startY = y - incoming.y * bend
      let endX = x + outgoing.x * bend
      let endY = y + outgoing.y * bend
      path += "L\(decimal(startX)) \(decimal(startY))A\(decimal(bend)) \(decimal(bend)) 0 0 "
      path += "\(turn > 0 ? 1 : 0) \(decimal(endX)) \(decimal(endY))"
    }
    return path
  }

  private static func direction(_ start: Point, _ end: Point) -> (x: Double, y: Double) {
    let dx = end.x - start.x
    let dy = end.y - start.y
    return abs(dx) >= abs(dy) ? (dx < 0 ? -1 : 1, 0) : (0, dy < 0 ? -1 : 1)
  }
}

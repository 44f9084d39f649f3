/// Labels below a bar, each led to by a line from its part, with as few crossings as may be.
struct Leaders {
  /// A label that wants a line.
  struct Want {
    /// Where its line comes down.
    let x: Double
    let width: Double
  }

  /// Where a label stands.
  struct Place {
    let lane: Int
    /// Where its text begins.
    let x: Double
    /// The width it may take.
    let room: Double
    let side: Side
  }

  /// Where a label stands by its line.
  enum Side {
    case right
    case left
    /// The line comes down on it.
    case below
  }

  let places: [Place]
  let laneCount: Int

  private static let gap = 6.0

  /// Labels of parts from left to right.
  ///
  /// Those before a cut stand to the right of their lines, those after it to the left; the cut with
  /// the fewest crossings is taken, and among those the one with the fewest lines.
  init(_ wants: [Want], within area: ClosedRange<Double>) {
    var best: (crossings: Int, lanes: Int, places: [Place])?
    for cut in stride(from: wants.count, through: 0, by: -1) {
      let places = Self.arranged(wants, cut: cut, area)
      let lanes = (places.map(\.lane).max() ?? -1) + 1
      let crossings = Self.crossings(wants, places)
      if let best, (best.crossings, best.lanes) <= (crossings, lanes) { continue }
      best = (crossings, lanes, places)
    }
    places = best?.places ?? []
    laneCount = best?.lanes ?? 0
  }

  /// Where a label and its line begin and end.
  private static func span(_ want: Want, _ place: Place) -> (low: Double, high: Double) {
    (min(want.x - 2, place.x - 4), max(want.x + 2, place.x + place.room + 4))
  }

  private static func arranged(
    _ wants: [Want],
    cut: Int,
    _ area: ClosedRange<Double>
  ) -> [Place] {
    var lanes = Lanes()
    var places = [Place?](repeating: nil, count: wants.count)
    // Inwards from both sides of the cut, so that no line crosses a label of its own side.
    for index in Array(cut..<wants.count) + (0..<cut).reversed() {
      let want = wants[index]
      let draft = place(want, prefersRight: index < cut, area)
      let lane = lanes.place([span(want, draft)]).lane
      places[index] = Place(lane: lane, x: draft.x, room: draft.room, side: draft.side)
    }
    return places.compactMap { $0 }
  }

  private static func place(
    _ want: Want,
    prefersRight: Bool,
    _ area: ClosedRange<Double>
  ) -> Place {
    let fitsRight = want.x + gap + want.width <= area.upperBound
    let fitsLeft = want.x - gap - want.width >= area.lowerBound
    if fitsRight, prefersRight || !fitsLeft {
      return Place(lane: 0, x: want.x + gap, room: want.width, side: .right)
    }
    if fitsLeft {
      return Place(lane: 0, x: want.x - gap - want.width, room: want.width, side: .left)
    }
    let room = min(want.width, area.upperBound - area.lowerBound)
    return Place(lane: 0, x: area.upperBound - room, room: room, side: .below)
  }

  /// How often a line runs through a label above its own.
  private static func crossings(_ wants: [Want], _ places: [Place]) -> Int {
    var count = 0
    for (want, place) in zip(wants, places) {
      for (other, otherPlace) in zip(wants, places) where otherPlace.lane < place.lane {
        let span = span(other, otherPlace)
        if span.low < want.x - 1, want.x + 1 < span.high, other.x != want.x { count += 1 }
      }
    }
    return count
  }
}

internal import Claims

/// Shocks that cannot both happen.
enum Contradiction {
  private struct Change {
    let verb: String
    /// Whether nothing can happen to the thing afterwards.
    let isEnd: Bool
    let shock: Shock

    /// Whether both happen in one month.
    func isOfMonth(_ other: Change) -> Bool { shock.month == other.shock.month }

    /// Whether it ends what `other` changes in a later month; an exercise begins it anew.
    func ends(_ other: Change) -> Bool {
      guard isEnd, other.verb != "exercise", let later = other.shock.month else { return false }
      return shock.month.map { $0 < later } ?? true
    }

    func contradicts(_ other: Change) -> Bool {
      isOfMonth(other)
        ? isEnd || other.isEnd || verb == other.verb
        : ends(other) || other.ends(self)
    }
  }

  /// Refuses two changes of one thing of which one ends it and the other comes no earlier, or both are of
  /// one kind and month.
  static func check(_ shocks: [Shock]) throws(ScenarioError) {
    var seen: [String: [Change]] = [:]
    for shock in shocks where shock.condition == nil && shock.chance == 1 {
      guard let (verb, things, isEnd) = change(shock.effect) else { continue }
      let change = Change(verb: verb, isEnd: isEnd, shock: shock)
      for thing in things {
        let first = seen[thing, default: []].first { $0.contradicts(change) }
        if let first { throw error(thing, first, change) }
        seen[thing, default: []].append(change)
      }
    }
  }

  private static func error(_ thing: String, _ first: Change, _ second: Change) -> ScenarioError {
    let parts = second.shock.place.split(separator: ":")
    let place = parts.suffix(2).compactMap { Int($0) }
    let when = first.isOfMonth(second) ? " of the same month" : ", as nothing comes after its end,"
    return ScenarioError(
      file: parts.dropLast(2).joined(separator: ":"),
      line: place.first ?? 0,
      column: place.last ?? 0,
      problem:
        "\(second.verb) of \(thing) contradicts \(first.verb)\(when) at \(first.shock.place)",
      advice: "keep one, or give them different months"
    )
  }

  private static func change(
    _ effect: Shock.Effect
  ) -> (verb: String, things: [String], isEnd: Bool)? {
    switch effect {
    case .withdraw(.named(let deals)): ("withdraw", deals, true)
    case .lapse(.named(let deals)): ("lapse", deals, true)
    case .delay(.named(let deals), _): ("delay", deals, false)
    case .amend(.named(let deals), _), .amount(.named(let deals), _): ("amend", deals, false)
    case .novate(.named(let deals), _): ("novate", deals, false)
    case .begin(.named(let deals)): ("exercise", deals, false)
    case .fail(let parties): ("default", parties, true)
    case .sharePrice(let parties, _): ("share-price", parties, false)
    case .raise(let parties, _): ("raise", parties, false)
    case .offering(let party, _): ("offering", [party], false)
    case .demandGrowth: ("demand-growth", ["the outside"], false)
    case .rate: ("rate", ["the outside"], false)
    default: nil
    }
  }
}

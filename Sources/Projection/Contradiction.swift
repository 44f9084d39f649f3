internal import Claims

/// Shocks that cannot both happen.
enum Contradiction {
  private struct Change {
    let verb: String
    let isEnd: Bool
    let shock: Shock
  }

  /// Refuses two changes of one thing in one month of which one ends it, or both are of one kind.
  static func check(_ shocks: [Shock]) throws(ScenarioError) {
    var seen: [String: [Change]] = [:]
    for shock in shocks where shock.condition == nil && shock.chance == 1 {
      guard let (verb, things, isEnd) = change(shock.effect) else { continue }
      for thing in things {
        let key = thing + " " + (shock.month?.description ?? "start")
        let earlier = seen[key, default: []].first { $0.isEnd || isEnd || $0.verb == verb }
        if let earlier { throw error(thing, earlier, verb, shock) }
        seen[key, default: []].append(Change(verb: verb, isEnd: isEnd, shock: shock))
      }
    }
  }

  private static func error(
    _ thing: String,
    _ earlier: Change,
    _ verb: String,
    _ shock: Shock
  ) -> ScenarioError {
    let place = shock.place.split(separator: ":").suffix(2).compactMap { Int($0) }
    return ScenarioError(
      file: String(shock.place.split(separator: ":").dropLast(2).joined(separator: ":")),
      line: place.first ?? 0,
      column: place.last ?? 0,
      problem: "\(verb) of \(thing) contradicts \(earlier.verb) of the same month at "
        + earlier.shock.place,
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

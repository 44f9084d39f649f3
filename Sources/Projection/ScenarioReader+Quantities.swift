internal import Claims

extension ScenarioReader {
  private static let distributions = ["normal", "lognormal", "uniform", "triangular", "choice"]

  /// A number or a distribution.
  func quantity(_ node: ScenarioNode, _ what: String) throws(ScenarioError) -> Quantity {
    guard case .map = node.content else { return .fixed(try node.number(what)) }
    let entries = try node.entries(what, known: Self.distributions)
    guard entries.count == 1, let (name, value) = entries.first else {
      throw node.fault(
        "\(what) is not one distribution",
        "write one of \(Self.distributions.joined(separator: ", "))"
      )
    }
    switch name {
    case "normal":
      let (mean, deviation) = try two(value, name, "mean", "deviation")
      return .normal(mean: mean, deviation: try atLeastNothing(deviation, value, "deviation"))
    case "lognormal":
      let (median, sigma) = try two(value, name, "median", "sigma")
      guard median > 0 else { throw value.fault("median is not above 0", "give what is typical") }
      return .lognormal(median: median, sigma: try atLeastNothing(sigma, value, "sigma"))
    case "uniform":
      let numbers = try self.numbers(value, name, count: 2)
      return .uniform(low: numbers[0], high: numbers[1])
    case "triangular":
      let numbers = try self.numbers(value, name, count: 3)
      return .triangular(low: numbers[0], mode: numbers[1], high: numbers[2])
    default: return try choice(value)
    }
  }

  /// A number or a distribution that never lies below nothing.
  func positive(_ node: ScenarioNode, _ what: String) throws(ScenarioError) -> Quantity {
    let quantity = try self.quantity(node, what)
    guard quantity.value(at: 1e-3) >= 0 else {
      throw node.fault("\(what) can be negative", "give a value or a distribution from 0 up")
    }
    return quantity
  }

  private func two(
    _ node: ScenarioNode,
    _ name: String,
    _ first: String,
    _ second: String
  ) throws(ScenarioError) -> (Double, Double) {
    let entries = try node.entries(name, known: [first, second])
    guard let one = entries[first], let other = entries[second] else {
      throw node.fault(
        "\(name) needs \(first) and \(second)",
        "write \(name): {\(first): 1, \(second): 0.2}"
      )
    }
    return (try one.number(first), try other.number(second))
  }

  private func atLeastNothing(
    _ number: Double,
    _ node: ScenarioNode,
    _ what: String
  ) throws(ScenarioError) -> Double {
    guard number >= 0 else { throw node.fault("\(what) is negative", "give it from 0 up") }
    return number
  }

  /// Numbers that do not fall.
  private func numbers(
    _ node: ScenarioNode,
    _ name: String,
    count: Int
  ) throws(ScenarioError) -> [Double] {
    var numbers: [Double] = []
    for item in try node.items(name) { numbers.append(try item.number(name)) }
    let example = count == 2 ? "[low, high]" : "[low, likeliest, high]"
    guard numbers.count == count else {
      throw node.fault("\(name) has \(numbers.count) numbers", "write \(name): \(example)")
    }
    guard zip(numbers, numbers.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw node.fault("\(name) falls", "write \(name): \(example), rising")
    }
    return numbers
  }

  private func choice(_ node: ScenarioNode) throws(ScenarioError) -> Quantity {
    var choices: [Quantity.Choice] = []
    for item in try node.items("choice") {
      let entries = try item.entries("choice", known: ["value", "weight"])
      guard let value = entries["value"], let weight = entries["weight"] else {
        throw item.fault("a choice needs value and weight", "write {value: 3, weight: 0.5}")
      }
      let share = try weight.number("weight")
      choices.append(
        Quantity.Choice(
          value: try value.number("value"),
          weight: try atLeastNothing(share, weight, "weight")
        )
      )
    }
    let sum = choices.reduce(0) { $0 + $1.weight }
    guard (sum - 1).magnitude < 1e-9 else {
      throw node.fault("the weights of choice add up to \(sum)", "make them add up to 1")
    }
    return .choice(choices)
  }
}

/// Shocks that cannot both happen.
enum Contradiction {
  private struct Change {
    let verb: String
    let isEnd: Bool
    let shock: Shock
  }

  /// Refuses two changes of one deal in one month of which one ends it, or both are of one kind.
  static func check(_ shocks: [Shock], file: String) throws(ScenarioError) {
    var seen: [String: [Change]] = [:]
    for shock in shocks where shock.condition == nil && shock.chance == 1 {
      guard let (verb, deals, isEnd) = change(shock.effect) else { continue }
      for deal in deals {
        let key = deal + " " + (shock.month?.description ?? "start")
        let earlier = seen[key, default: []].first { $0.isEnd || isEnd || $0.verb == verb }
        if let earlier { throw error(deal, earlier, verb, shock, file: file) }
        seen[key, default: []].append(Change(verb: verb, isEnd: isEnd, shock: shock))
      }
    }
  }

  private static func error(
    _ deal: String,
    _ earlier: Change,
    _ verb: String,
    _ shock: Shock,
    file: String
  ) -> ScenarioError {
    let place = shock.place.split(separator: ":").suffix(2).compactMap { Int($0) }
    return ScenarioError(
      file: String(shock.place.split(separator: ":").dropLast(2).joined(separator: ":")),
      line: place.first ?? 0,
      column: place.last ?? 0,
      problem: "\(verb) of \(deal) contradicts \(earlier.verb) of the same month at "
        + earlier.shock.place,
      advice: "keep one, or give them different months"
    )
  }

  private static func change(
    _ effect: Shock.Effect
  ) -> (verb: String, deals: [String], isEnd: Bool)? {
    switch effect {
    case .withdraw(.named(let deals)): ("withdraw", deals, true)
    case .lapse(.named(let deals)): ("lapse", deals, true)
    case .delay(.named(let deals), _): ("delay", deals, false)
    case .amend(.named(let deals), _), .amount(.named(let deals), _): ("amend", deals, false)
    case .novate(.named(let deals), _): ("novate", deals, false)
    case .begin(.named(let deals)): ("exercise", deals, false)
    default: nil
    }
  }
}

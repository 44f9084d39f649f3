internal import Claims

extension ScenarioReader {
  private static let distributions = ["normal", "lognormal", "uniform", "triangular", "choice"]

  private func quantity(_ node: ScenarioNode, _ what: String) throws(ScenarioError) -> Quantity {
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

  /// A number or a distribution that lies within bounds.
  func quantity(
    _ node: ScenarioNode,
    _ what: String,
    within bounds: FigureBounds
  ) throws(ScenarioError) -> Quantity {
    let quantity = try self.quantity(node, what)
    try bounds.check(quantity, node, what)
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

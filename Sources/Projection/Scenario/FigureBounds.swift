/// What a figure of a scenario may come to.
struct FigureBounds {
  let least: Double
  let most: Double
  /// What `most` is, in words, and what to write instead.
  let above: (problem: String, advice: String)

  private init(_ least: Double, _ most: Double, _ above: String, _ advice: String) {
    (self.least, self.most) = (least, most)
    self.above = (above, advice)
  }

  private static let upTo = "give a value or a distribution up to"

  /// Dollars.
  static let money = FigureBounds(0, 100e12, "$100tn", "give it in dollars, as 250m or 11.9bn")
  /// A part of a whole.
  static let share = FigureBounds(0, 1, "all", "\(upTo) 100%")
  /// What is paid or spent a year for each dollar, and deviations a year.
  static let rate = FigureBounds(0, 100, "10000%", "\(upTo) 10000%")
  /// What is gained or lost; nobody loses more than all.
  static let growth = FigureBounds(-1, 100, "10000%", "\(upTo) 10000%")
  /// How many times as much.
  static let factor = FigureBounds(0, 1e6, "a million", "\(upTo) 1000000")
  /// Months.
  static let months = FigureBounds(0, 600, "600 months", "\(upTo) 600")

  /// Throws where a figure can lie outside.
  ///
  /// Of a distribution, by all but a thousandth at either end.
  func check(_ quantity: Quantity, _ node: ScenarioNode, _ what: String) throws(ScenarioError) {
    guard quantity.value(at: 1e-3) >= least else {
      throw least == 0
        ? node.fault("\(what) can be negative", "give a value or a distribution from 0 up")
        : node.fault("\(what) can be a loss of more than all", "give it from -100% up")
    }
    guard quantity.value(at: 0.999) <= most else {
      throw node.fault("\(what) can be more than \(above.problem)", above.advice)
    }
  }
}

extension Scenario.PartyFigure {
  /// Whether it is an amount of dollars.
  var isMoney: Bool {
    switch self {
    case .cash, .debt, .facility, .marketValue, .receipts, .spending, .debtLimit: true
    case .growth, .response, .rate, .equityShare, .volatility, .recovery: false
    }
  }

  var bounds: FigureBounds {
    switch self {
    case .growth: .growth
    case .equityShare, .recovery: .share
    default: isMoney ? .money : .rate
    }
  }
}

internal import Claims
internal import Tables

extension ScenarioNode {
  func fault(_ problem: String, _ advice: String) -> ScenarioError {
    ScenarioError(file: file, line: line, column: column, problem: problem, advice: advice)
  }

  /// `file:line:column`.
  var place: String { "\(file):\(line):\(column)" }

  /// The text of a scalar.
  func text(_ what: String) throws(ScenarioError) -> String {
    guard case .text(let text) = content else {
      throw fault("\(what) is not a single value", "write \(what): VALUE on one line")
    }
    return text
  }

  /// The items of a list.
  func items(_ what: String) throws(ScenarioError) -> [ScenarioNode] {
    guard case .list(let items) = content else {
      throw fault("\(what) is not a list", "begin each entry of \(what) with a dash")
    }
    return items
  }

  /// The entries of a mapping whose keys are all among `known`.
  func entries(
    _ what: String,
    known: [String]
  ) throws(ScenarioError) -> [String: ScenarioNode] {
    var entries: [String: ScenarioNode] = [:]
    for (key, value) in try pairs(what) {
      let name = try key.text("a key of \(what)")
      guard known.contains(name) else {
        throw key.fault(
          "\(what) has no key \(name.prefix(40))",
          Nearest.advice(name, among: known, otherwise: "take one of")
        )
      }
      entries[name] = value
    }
    return entries
  }

  /// The keys and values of a mapping in the order of the file.
  func pairs(
    _ what: String
  ) throws(ScenarioError) -> [(key: ScenarioNode, value: ScenarioNode)] {
    guard case .map(let pairs) = content else {
      throw fault("\(what) is not a mapping", "write key: value lines below \(what)")
    }
    return pairs
  }

  /// A whole number in a range.
  func whole(_ what: String, in range: ClosedRange<Int>) throws(ScenarioError) -> Int {
    var words = try text(what)
    for unit in [" months", " month"] where words.hasSuffix(unit) { words.removeLast(unit.count) }
    guard let number = Int(words), range.contains(number) else {
      throw fault(
        "\(what) is \(words.prefix(40)), not a whole number",
        "write a number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  /// A month.
  func month(_ what: String) throws(ScenarioError) -> Month {
    let words = try text(what)
    guard let date = PartialDate(words) else {
      throw fault("\(words.prefix(40)) is not a date", "write \(what): YYYY-MM")
    }
    if case .year = date {
      throw fault("\(words) is a whole year", "say which month: \(words)-01 to \(words)-12")
    }
    return Month(of: date.first)
  }

  /// A number: plain, with `k`, `m`, `bn` or `tn`, or in percent.
  func number(_ what: String) throws(ScenarioError) -> Double {
    let words = try text(what)
    guard let number = Self.number(words) else {
      throw fault(
        "\(what) is \"\(words.prefix(40))\", not a number",
        "write a number as 0.3, 30%, 250m or 11.9bn, or a distribution"
      )
    }
    return number
  }

  static func number(_ words: String) -> Double? {
    guard words.hasSuffix("%") else { return scaledNumber(words) }
    let share = words.dropLast().reversed().drop { $0 == " " }.reversed()
    return StrictDecimal(String(share)).map { $0.double / 100 }
  }
}

internal import Claims
internal import Projection

/// Where in a file something is wrong, and what.
struct RunFault {
  /// A step of the way there: a key, or a place in a list.
  private struct Step: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
    init(intValue: Int) { (stringValue, self.intValue) = ("\(intValue)", intValue) }
  }

  let place: [any CodingKey]
  let reason: String

  /// A fault at `parameters.months[3]`, given as its keys and places in turn.
  init(_ keys: String, at index: Int? = nil, key last: String? = nil, _ reason: String) {
    var place = keys.split(separator: ".").map { Step(stringValue: String($0)) }
    if let index { place.append(Step(intValue: index)) }
    if let last { place.append(Step(stringValue: last)) }
    (self.place, self.reason) = (place, reason)
  }
}

extension RunFile {
  /// More dollars than any figure of a run comes to.
  private static let mostDollars = 1e18

  /// The first thing that no run says; `nil` where all of it fits together.
  func fault() -> RunFault? {
    faultOfParameters ?? faultOfParties ?? faultOfSpans ?? faultOfMiddle ?? faultOfDrivers
      ?? faultOfResult
  }

  private var faultOfParameters: RunFault? {
    let (paths, months) = (parameters.paths, parameters.months)
    guard (1...Self.mostPaths).contains(paths) else {
      return RunFault("parameters.paths", "is \(paths), not from 1 to \(Self.mostPaths)")
    }
    guard !months.isEmpty, months.count == tally.monthCount else {
      return RunFault("tally.months", "is \(tally.monthCount), and the run has \(months.count)")
    }
    let first = PartialDate(months[0]).map { Month(of: $0.first).index }
    let wrong = months.indices.first { place in
      first.map { Month(index: $0 + place).description != months[place] } ?? true
    }
    return wrong.map { RunFault("parameters.months", at: $0, "is not the next month, as YYYY-MM") }
  }

  private var faultOfParties: RunFault? {
    guard parties.count == tally.partyCount else {
      return RunFault("tally.parties", "is \(tally.partyCount), and the run has \(parties.count)")
    }
    let known = Set(parties)
    guard known.count == parties.count else { return RunFault("parties", "names a party twice") }
    guard Set(tracked).count == tracked.count else {
      return RunFault("tracked", "names a party twice")
    }
    return tracked.firstIndex { !known.contains($0) }.map {
      RunFault("tracked", at: $0, "is none of the parties")
    }
  }

  /// Spans stand in order, apart from one another, within the paths; the tally counts as many.
  private var faultOfSpans: RunFault? {
    var end = -1
    for (place, span) in done.enumerated() {
      guard span.from > end else {
        let least = place == 0 ? "0 or more" : "above \(end), where the span before ends"
        return RunFault("done", at: place, key: "from", "is \(span.from), not \(least)")
      }
      guard span.until > span.from, span.until <= parameters.paths else {
        let bounds = "above \(span.from), up to the \(parameters.paths) paths of the run"
        return RunFault("done", at: place, key: "until", "is \(span.until), not \(bounds)")
      }
      end = span.until
    }
    let count = done.reduce(0) { $0 + $1.until - $1.from }
    guard tally.paths == count else {
      return RunFault("tally.paths", "is \(tally.paths), and the spans done have \(count)")
    }
    let stride = MonteCarlo.stride(of: parameters.paths)
    let looked = done.reduce(0) { sum, span in
      sum + (span.until + stride - 1) / stride - (span.from + stride - 1) / stride
    }
    guard tally.lookedAt == looked else {
      return RunFault("tally.shares", "has \(tally.lookedAt) paths, and \(looked) were looked at")
    }
    return nil
  }

  private var faultOfMiddle: RunFault? {
    guard middle.years.count == tally.yearCount else {
      return RunFault("middle.years", "has \(middle.years.count) years, not \(tally.yearCount)")
    }
    guard middle.parties.map(\.id) == parties else {
      return RunFault("middle.parties", "are not the parties of the run")
    }
    for (place, party) in middle.parties.enumerated() {
      guard party.cash.count == tally.monthCount else {
        return RunFault(
          "middle.parties",
          at: place,
          key: "cash",
          "does not have a figure for each month"
        )
      }
    }
    let isPlain = { (amount: Double) in amount.magnitude <= Self.mostDollars }
    let years = middle.years.firstIndex { year in
      let figures = [year.inside, year.outsideIn, year.outsideOut, year.circulation, year.share]
      return !figures.allSatisfy(isPlain)
    }
    if let years { return RunFault("middle.years", at: years, "has a figure beyond all money") }
    let party = middle.parties.firstIndex { party in
      let figures = [party.debt, party.raised, party.lost, party.owedAtFailure, party.recovered]
      return !(party.cash + figures).allSatisfy(isPlain)
    }
    if let party { return RunFault("middle.parties", at: party, "has a figure beyond all money") }
    let flow = middle.flows.firstIndex { !isPlain($0.amount) }
    return flow.map { RunFault("middle.flows", at: $0, key: "amount", "is beyond all money") }
  }

  private var faultOfDrivers: RunFault? {
    drivers.firstIndex { driver in
      ![driver.low, driver.high, driver.mean].allSatisfy { $0.magnitude <= Self.mostDollars }
    }
    .map { RunFault("drivers", at: $0, "has a figure beyond all money") }
  }

  /// A whole run has the answer that its tally comes to, and a part has none.
  private var faultOfResult: RunFault? {
    guard isComplete else {
      return result == nil ? nil : RunFault("result", "is there, and paths are missing")
    }
    guard let result else { return RunFault("result", "is missing, and all paths are done") }
    return result == answer ? nil : RunFault("result", "is not what the tally comes to")
  }
}

import Readers
import Tables

/// How well candidates agree with labels: a claim is found when both sides, the kind and the amount agree.
struct Score {
  /// Counts of one style or kind.
  struct Tally {
    var expected = 0
    var found = 0
    var wrong = 0

    static func += (left: inout Tally, right: Tally) {
      left.expected += right.expected
      left.found += right.found
      left.wrong += right.wrong
    }

    var precision: Double { found + wrong == 0 ? 1 : Double(found) / Double(found + wrong) }
    var recall: Double { expected == 0 ? 1 : Double(found) / Double(expected) }
  }

  private(set) var all = Tally()
  private(set) var byStyle: [String: Tally] = [:]
  private(set) var byKind: [String: Tally] = [:]
  private(set) var facts = Tally()
  private(set) var statusesRight = 0
  private(set) var falseSpans: [String] = []
  private(set) var falseAlarms: [String] = []

  /// The share of found claims whose status is right.
  var status: Double { all.found == 0 ? 1 : Double(statusesRight) / Double(all.found) }

  /// Counts one text.
  mutating func add(_ text: LabelledText, _ reading: DocumentReading) {
    let judge = Judge(text, reading)
    checkSpans(text, reading)
    let pairs = judge.pairs()
    for pair in pairs
    where pair.claim.statuses.contains(pair.candidate.status)
      || (pair.candidate.status == "denied" && pair.claim.says == "denies")
    {
      statusesRight += 1
    }
    let matched = Set(pairs.map(\.place))
    let wrong = reading.claims.indices.filter {
      !matched.contains($0) && !judge.isExcused(reading.claims[$0])
    }.map { reading.claims[$0] }
    count(text, pairs, wrong)
    for claim in wrong where text.notClaims.contains(where: claim.span.text.contains) {
      falseAlarms.append("\(text.id): \(claim.span.text)")
    }
    let found = judge.factsFound()
    facts.expected += text.facts.count
    facts.found += found
    facts.wrong += reading.facts.count - found
  }

  private mutating func count(
    _ text: LabelledText,
    _ pairs: [Judge.Pair],
    _ wrong: [ClaimCandidate]
  ) {
    let tally = Tally(expected: text.claims.count, found: pairs.count, wrong: wrong.count)
    all += tally
    byStyle[text.style, default: Tally()] += tally
    for claim in text.claims { byKind[claim.kinds[0], default: Tally()].expected += 1 }
    for pair in pairs { byKind[pair.claim.kinds[0], default: Tally()].found += 1 }
    for claim in wrong { byKind[claim.kind, default: Tally()].wrong += 1 }
  }

  private mutating func checkSpans(_ text: LabelledText, _ reading: DocumentReading) {
    let bytes = Array(text.text.utf8)
    for span in reading.claims.map(\.span) + reading.facts.map(\.span)
      + reading.notClaims.map(\.span)
    {
      let isTrue =
        bytes.indices.contains(span.start) && span.end <= bytes.count
        && String(decoding: bytes[span.start..<span.end], as: UTF8.self) == span.text
      if !isTrue || span.text.isEmpty { falseSpans.append("\(text.id): \(span.text)") }
    }
  }

  /// The table by style and kind.
  var table: String {
    var lines = [row("all", all)]
    lines += byStyle.sorted { $0.key < $1.key }.map { row("style " + $0.key, $0.value) }
    lines += byKind.sorted { $0.key < $1.key }.map { row("kind " + $0.key, $0.value) }
    lines.append(row("facts", facts))
    lines.append(
      "status right \(percent(status)) · false alarms \(falseAlarms.count) · false spans \(falseSpans.count)"
    )
    return lines.joined(separator: "\n")
  }

  private func row(_ name: String, _ tally: Tally) -> String {
    let padded = name + String(repeating: " ", count: max(1, 28 - name.count))
    return
      "\(padded)\(tally.expected) labels · precision \(percent(tally.precision)) · recall \(percent(tally.recall))"
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

/// Holds the candidates of one text against its labels.
struct Judge {
  struct Pair {
    let claim: LabelledText.Claim
    let candidate: ClaimCandidate
    let place: Int
  }

  private let text: LabelledText
  private let reading: DocumentReading
  private let names: [String: Set<String>]

  init(_ text: LabelledText, _ reading: DocumentReading) {
    (self.text, self.reading) = (text, reading)
    var names = text.names
    for (id, listed) in reading.parties {
      for (party, known) in names where !known.isDisjoint(with: Set((listed + [id]).map(key))) {
        names[party]?.insert(key(id))
      }
    }
    self.names = names
  }

  /// Claims with the candidates that agree, one to one; what is said of an earlier claim decides between several.
  func pairs() -> [Pair] {
    var pairs: [Pair] = []
    var used: Set<Int> = []
    for exact in [true, false] {
      for (index, claim) in text.claims.enumerated()
      where !pairs.contains(where: {
        $0.claim.words == claim.words && text.claims[index].payers == $0.claim.payers
          && $0.claim.amount == claim.amount && $0.claim.says == claim.says
      }) {
        let place = reading.claims.indices.first { place in
          !used.contains(place) && agrees(claim, reading.claims[place])
            && (!exact || reading.claims[place].says?.rawValue == claim.says)
        }
        guard let place else { continue }
        used.insert(place)
        pairs.append(Pair(claim: claim, candidate: reading.claims[place], place: place))
      }
    }
    return pairs
  }

  /// Whether a candidate repeats a label, or is one that may be left out.
  func isExcused(_ candidate: ClaimCandidate) -> Bool {
    (text.optional + text.claims).contains { agrees($0, candidate) }
  }

  /// How many of the labelled facts were found.
  func factsFound() -> Int {
    var used: Set<Int> = []
    return text.facts.count { fact in
      let place = reading.facts.indices.first { place in
        let found = reading.facts[place]
        return !used.contains(place) && found.metric == fact.metric
          && isSame(fact.party, found.party)
          && overlaps(fact.amount, found.low, found.high, found.unit)
      }
      if let place { used.insert(place) }
      return place != nil
    }
  }

  private func agrees(_ claim: LabelledText.Claim, _ candidate: ClaimCandidate) -> Bool {
    guard claim.kinds.contains(candidate.kind), amountsAgree(claim, candidate) else { return false }
    let isPair =
      claim.payers.contains { isSame($0, candidate.payer) }
      && claim.payees.contains { isSame($0, candidate.payee) }
    return isPair
      || claim.isEitherWay && isSame(claim.payers[0], candidate.payee)
        && isSame(claim.payees[0], candidate.payer)
  }

  private func amountsAgree(_ claim: LabelledText.Claim, _ candidate: ClaimCandidate) -> Bool {
    let hasAmount = candidate.low != nil || candidate.high != nil
    guard let amount = claim.amount else {
      return !hasAmount || claim.says != nil || candidate.says != nil
    }
    guard hasAmount else { return claim.says != nil || candidate.says != nil }
    return overlaps(amount, candidate.low, candidate.high, candidate.unit)
  }

  /// Whether two ranges overlap within one hundredth; a missing bound is the other.
  private func overlaps(
    _ amount: LabelledText.Amount,
    _ low: Bound?,
    _ high: Bound?,
    _ unit: String?
  ) -> Bool {
    guard amount.unit == unit, let least = (low ?? high)?.value.double,
      let most = (high ?? low)?.value.double,
      let first = amount.low ?? amount.high, let last = amount.high ?? amount.low
    else { return false }
    return first * 0.99 <= most * 1.01 && least * 0.99 <= last * 1.01
  }

  private func isSame(_ party: String, _ said: String) -> Bool {
    if names[party, default: [key(party)]].contains(key(said)) { return true }
    return Self.isUnnamed(party) && Self.isUnnamed(said)
  }

  private static func isUnnamed(_ party: String) -> Bool {
    ["markets", "investors", "lenders", "customers"].contains { party.hasSuffix($0) }
  }
}

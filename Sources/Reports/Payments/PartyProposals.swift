package import Payments
internal import Columns
internal import Tables

/// Which parties of payments may be one: each proposal with its reason and how strong it is, for a person to confirm.
package struct PartyProposals: Report {
  /// One proposal: a name that may stand for another.
  package struct Proposal: Encodable, Sendable {
    /// The name that has fewer payments.
    package let alias: String
    /// The one that has more.
    package let party: String
    /// What they have in common.
    package let reason: String
    /// How sure it is, from 0 to 1.
    package let strength: Double
  }

  private let measure = "parties"
  private let parties: Int
  /// The strongest first.
  package let proposals: [Proposal]

  private enum CodingKeys: CodingKey { case measure, parties, proposals }

  /// Looks for names of one party among those of `payments`.
  ///
  /// - Parameter payments: The payments.
  /// - Complexity: O(*n* log *n*) in the parties for names of the same words; spelling is compared among names
  ///   that begin or end alike.
  package init(of payments: Payments) {
    parties = payments.parties.count
    var weight = [Int](repeating: 0, count: payments.parties.count)
    for index in 0..<payments.count {
      weight[Int(payments.payer[index])] += 1
      weight[Int(payments.payee[index])] += 1
    }
    let names = (0..<parties).map { Name(payments, $0) }
    var found: [Pair: (reason: String, strength: Double)] = [:]
    func propose(_ first: Int, _ second: Int, _ reason: String, _ strength: Double) {
      guard first != second else { return }
      let pair = Pair(first, second)
      if found[pair].map({ $0.strength < strength }) ?? true { found[pair] = (reason, strength) }
    }
    for (keys, reason, strength) in [
      (names.map(\.folded), "the same letters, written otherwise", 0.95),
      (names.map(\.words), "the same words in another order, or another legal form", 0.85),
      (names.map(\.joined), "the same letters, parted otherwise", 0.85),
    ] {
      let groups = Dictionary(grouping: names.indices.filter { keys[$0].count > 3 }) { keys[$0] }
      for group in groups.values.sorted(by: { $0[0] < $1[0] }) where group.count > 1 {
        for other in group.dropFirst() { propose(group[0], other, reason, strength) }
      }
    }
    for keys in [names.map { $0.joined.prefix(4) }, names.map { $0.joined.suffix(4) }] {
      let long = names.indices.filter { names[$0].joined.count > 7 }
      let groups = Dictionary(grouping: long) { keys[$0] }
      for group in groups.values.sorted(by: { $0[0] < $1[0] })
      where group.count > 1 && group.count < 200 {
        for (place, first) in group.enumerated() {
          for second in group[(place + 1)...] {
            let (one, other) = (names[first].joined, names[second].joined)
            guard one != other, abs(one.count - other.count) < 3 else { continue }
            let distance = spellingDistance(one, other, atMost: one.count > 12 ? 2 : 1)
            guard let distance else { continue }
            propose(
              first,
              second,
              "spelled \(distance == 1 ? "one letter" : "two letters") apart",
              distance == 1 ? 0.6 : 0.45
            )
          }
        }
      }
    }
    proposals = Self.stars(found, weight).map { member, centre, why in
      Proposal(
        alias: payments.parties[member],
        party: payments.parties[centre],
        reason: why.reason,
        strength: why.strength
      )
    }
    .sorted { ($1.strength, $0.alias, $0.party) < ($0.strength, $1.alias, $1.party) }
  }

  private typealias Reason = (reason: String, strength: Double)

  /// Pairs that hang together, as one party with most payments and the others that may be it: no name stands for two.
  private static func stars(
    _ found: [Pair: Reason],
    _ weight: [Int]
  ) -> [(member: Int, centre: Int, why: Reason)] {
    var best: [Int: Reason] = [:]
    var near: [Int: [Int]] = [:]
    for (pair, why) in found {
      for (own, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
        near[own, default: []].append(other)
        let known = best[own]
        // Of two that are as strong the reason that comes first by its letters, so that no order decides.
        let isStronger = known.map { ($0.strength, why.reason) < (why.strength, $0.reason) } ?? true
        if isStronger { best[own] = why }
      }
    }
    var seen: Set<Int> = []
    var stars: [(member: Int, centre: Int, why: Reason)] = []
    for start in near.keys.sorted() where seen.insert(start).inserted {
      var members = [start]
      var next = 0
      while next < members.count {
        for other in near[members[next], default: []].sorted() where seen.insert(other).inserted {
          members.append(other)
        }
        next += 1
      }
      let centre = members.max { (weight[$0], $1) < (weight[$1], $0) } ?? start
      for member in members where member != centre {
        if let why = best[member] { stars.append((member, centre, why)) }
      }
    }
    return stars
  }

  /// The proposals as a file of aliases, to be edited and given back.
  ///
  /// - Returns: The file: `alias,party`, and for people the reason and the strength.
  package func aliases() -> [UInt8] {
    var writer = CSVWriter(header: ["alias", "party", "reason", "strength"])
    for proposal in proposals {
      writer.append([proposal.alias, proposal.party, proposal.reason, "\(proposal.strength)"])
    }
    return writer.drain()
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    guard !proposals.isEmpty else {
      return "Among \(Figures.count(parties, "party", "parties")) none look like one.\n"
    }
    let rows = proposals.map { [$0.alias, $0.party, $0.reason, "\($0.strength)"] }
    let lines =
      [
        "\(Figures.count(proposals.count, "pair")) of \(parties) parties may be one; nothing is merged unasked.",
        "",
      ]
      + TextTable.figures(["may be", "the same as", "because", "strength"], rows)
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Two parties, the earlier first.
private struct Pair: Hashable {
  let first: Int
  let second: Int

  init(_ first: Int, _ second: Int) {
    (self.first, self.second) = (min(first, second), max(first, second))
  }
}

/// A name as it is compared: of a party that is known by its account that which people call it.
private struct Name {
  let folded: String
  /// The words without legal forms, in order.
  let words: String
  /// The letters of the words as they come, without legal forms.
  let joined: String

  init(_ payments: Payments, _ index: Int) {
    let text = payments.label(of: index) ?? payments.parties[index]
    let parts = PartyName.words(text)
    folded = parts.joined(separator: " ")
    let own = parts.filter { !PartyName.legalForms.contains($0) }
    words = own.sorted().joined(separator: " ")
    joined = own.joined()
  }
}

/// How many letters two names differ by, where that is no more than `limit`.
private func spellingDistance(_ first: String, _ second: String, atMost limit: Int) -> Int? {
  let (a, b) = (Array(first.utf8), Array(second.utf8))
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var next = [i + 1]
    for (j, other) in b.enumerated() {
      next.append(min(row[j] + (letter == other ? 0 : 1), row[j + 1] + 1, next[j] + 1))
    }
    if next.min() ?? 0 > limit { return nil }
    row = next
  }
  return row[b.count] <= limit ? row[b.count] : nil
}

internal import Graphs
internal import Stress
internal import Tables

/// What is lost on each link.
struct LinkLosses: Sendable {
  /// A loss, as JSON has it.
  struct Entry: Encodable, Sendable {
    let from: String
    let to: String
    let owed: Double
    let lost: Double
  }

  private let losses: [LinkLoss]
  private let parties: [String]
  private let isAsked: Bool

  /// The losses of `parties`; `isAsked` where all are to be named.
  init(_ losses: [LinkLoss], _ parties: [String], isAsked: Bool) {
    (self.losses, self.parties, self.isAsked) = (losses, parties, isAsked)
  }

  /// All of them, where they are asked for.
  var entries: [Entry]? {
    guard isAsked else { return nil }
    return losses.map {
      Entry(from: parties[$0.debtor], to: parties[$0.creditor], owed: $0.owed, lost: $0.loss)
    }
  }

  /// The links on which most is lost, as lines.
  var lines: [String] {
    let largest = losses.filter { $0.loss > 0 }.largestFirst
    guard !largest.isEmpty else { return [] }
    let rows = largest.prefix(isAsked ? largest.count : 10).map { loss in
      [
        "\(parties[loss.debtor]) → \(parties[loss.creditor])", Figures.amount(loss.loss),
        Figures.amount(loss.owed),
      ]
    }
    let lines = ["", "Through which links:"] + TextTable.figures(["", "lost", "of"], rows)
    guard rows.count < largest.count else { return lines }
    return lines + ["  and \(Figures.count(largest.count - rows.count, "link")) more (--losses)"]
  }
}

/// A few names in a row: `a, b and 3 more`.
func named(_ ids: [String]) -> String {
  let shown = ids.prefix(5).map(legible).joined(separator: ", ")
  return ids.count > 5 ? "\(shown) and \(ids.count - 5) more" : shown
}

/// Who failed in which round, as lines: the first by themselves, each later through those before.
func roundLines(_ parties: [String], _ failedInRound: [Int?], first: String) -> [String] {
  let rounds = Set(failedInRound.compactMap(\.self)).sorted()
  return rounds.map { round in
    let ids = parties.indices.filter { failedInRound[$0] == round }.map { parties[$0] }
    return "  \(round == rounds.first ? first : "then"): \(named(ids))"
  }
}

/// Figures by the ids of their parties.
func byParty(_ parties: [String], _ figures: [Double]) -> [String: Double] {
  Dictionary(zip(parties, figures)) { first, _ in first }
}

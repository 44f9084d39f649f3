internal import Readers

/// A candidate of the inbox in one line.
package struct InboxLine: Encodable, Sendable {
  private let number: Int
  private let recorded: String
  private let state: String
  private let batch: Int?
  private let reason: String?
  private let cells: [String: String]

  /// A candidate.
  ///
  /// - Parameters:
  ///   - number: Its number in the inbox.
  ///   - recorded: When it was put in.
  ///   - cells: What was read, by name.
  ///   - batch: The batch with which its rows entered the book, where they did.
  ///   - reason: Why it was refused, where it was.
  package init(
    _ number: Int,
    _ recorded: String,
    _ cells: [String: String],
    accepted batch: Int? = nil,
    rejected reason: String? = nil
  ) {
    (self.number, self.recorded, self.cells) = (number, recorded, cells)
    state = batch != nil ? "accepted" : reason != nil ? "rejected" : "open"
    (self.batch, self.reason) = (batch, reason)
  }

  /// Who pays whom what, and the words it was read in.
  package var text: String {
    let isFact = cells["table"] == "facts"
    let sides =
      isFact
      ? "\(cells["party"] ?? "?") · \(cells["metric"] ?? "?")"
      : "\(cells["payer"] ?? "?") → \(cells["payee"] ?? "?")"
    let what =
      isFact ? nil : [cells["kind"], cells["status"]].compactMap(\.self).joined(separator: " ")
    let deal = cells["deal"].map { "deal \($0)" }
    let end = state == "open" ? nil : state
    let parts = [sides, what, amount, cells["says"], deal, end].compactMap(\.self).filter {
      !$0.isEmpty
    }
    return
      "\(number)  \(parts.joined(separator: " · "))\n     “\(ReadingText.oneLine(cells["quote"] ?? ""))”"
  }

  private var amount: String? {
    guard let unit = cells["unit"] else { return nil }
    let bound = { (name: String) in cells[name].flatMap { Bound(text: $0) } }
    return CandidateText.amount(bound("low"), bound("high"), unit, per: cells["per"])
  }
}

/// A candidate with all that helps to decide.
package struct CandidateAnswer: Encodable, Sendable {
  private let line: InboxLine
  private let cells: [String: String]
  private let known: [Standing]
  private let effect: CandidateEffect?

  /// A candidate.
  ///
  /// - Parameters:
  ///   - line: Its line in the inbox.
  ///   - cells: Its cells, corrected.
  ///   - known: What the book says of its deal.
  ///   - effect: What accepting it would change; `nil` of what is decided.
  package init(
    _ line: InboxLine,
    _ cells: [String: String],
    known: [Standing],
    effect: CandidateEffect?
  ) {
    (self.line, self.cells) = (line, cells)
    (self.known, self.effect) = (known, effect)
  }

  /// All of it, the words around first.
  package var text: String {
    var lines = [line.text, ""]
    lines.append(
      "  … \(ReadingText.oneLine(cells["before"] ?? "")) ›\(ReadingText.oneLine(cells["quote"] ?? ""))‹ \(ReadingText.oneLine(cells["after"] ?? "")) …"
    )
    lines.append("")
    for (name, value) in cells.sorted(by: { $0.key < $1.key })
    where !["before", "after", "quote"].contains(name) {
      lines.append("  \(name)=\(ReadingText.oneLine(value))")
    }
    lines.append("")
    lines.append(
      known.isEmpty ? "  The book knows no such deal." : "  What the book knows of the deal:"
    )
    lines += known.map { "    \($0.text)" }
    if let effect { lines += ["", "  " + effect.text] }
    return lines.joined(separator: "\n")
  }
}

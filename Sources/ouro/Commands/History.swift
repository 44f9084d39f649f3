import ArgumentParser
import Books
import Tables

struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what was added, retracted and undone, oldest first.",
    discussion: """
      EXAMPLES
        ouro history market.ouro
        ouro history market.ouro c17
        ouro history market.ouro --json | jq '.[-1].hash'

      EXIT CODES
        0 listed · 64 usage · 65 no such row, or damaged book
        66 no such book · 74 could not write
      """
  )

  @OptionGroup var options: BookOptions

  @Argument(help: "The id of a row, in whatever table.")
  var id: String?

  /// An entry as JSON.
  private struct Answer: Encodable {
    let action: String
    let batch: Int
    let cells: [String: String]
    let hash: String
    let id: String
    let reason: String
    let recorded: String
    let sequence: Int
    let table: String
    let undoes: Int?

    init(_ entry: Entry) {
      (action, batch, cells) = (entry.action.rawValue, entry.batch, entry.fields ?? [:])
      (hash, id, reason) = (entry.hash, entry.id, entry.reason)
      (recorded, sequence) = (entry.recorded.description, entry.sequence)
      (table, undoes) = (entry.table, entry.undoes)
    }
  }

  func run() throws {
    let entries = try bookFile(options.book).history(of: id)
    if let id, entries.isEmpty {
      throw BookError.refused(
        reason: "\(options.book) never had a row \(id)",
        advice: "list all with `ouro history`"
      )
    }
    guard !options.json else { return try show(json: entries.map(Answer.init)) }
    guard !entries.isEmpty else { return say("the book is empty") }
    try show(entries.map(line).legibleText)
  }

  private func line(_ entry: Entry) -> String {
    let reason = entry.reason.isEmpty ? "" : "  \(entry.reason)"
    let action = entry.action.rawValue.padded(to: 7)
    let row = "\(entry.table) \(entry.id)".padded(to: 24)
    let place = "\(entry.sequence)".padded(to: 6) + "\(entry.batch)".padded(to: 5)
    return "\(place) \(entry.recorded)  \(action)  \(row)  \(entry.hash.prefix(8))\(reason)"
  }
}

extension String {
  /// The text with blanks after it up to `width`.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

import Books
import Claims
import Inputs
import Readers
import Reports

/// The inbox gone through one candidate after another: each is shown, and a line says what to do with it.
///
/// What is shown goes to standard output, questions to standard error; lines come from standard input, from a person or a
/// pipe, and its end ends the dialogue.
struct ReviewDialogue {
  private let desk: InboxDesk
  private let path: String
  private var counts = (accepted: 0, rejected: 0)

  init(_ desk: InboxDesk, path: String) { (self.desk, self.path) = (desk, path) }

  /// What a line can say.
  static let help = """
    a            accept                        r WHY       reject, with the reason
    m DEAL       accept as a claim on a deal   s           as a deal of its own, whatever it names
    cell=value   correct a cell; cell= takes it away       inside=ID,ID  new parties that belong to the sector
    n, or Enter  leave it waiting              u           undo the last batch
    l            show it again                 q           end
    """

  private enum Next { case again, on, end }

  /// Goes through what waits.
  func run() throws {
    var dialogue = self
    try dialogue.goThrough()
  }

  private mutating func goThrough() throws {
    let waiting = try desk.waiting()
    guard !waiting.isEmpty else { return say("nothing waits in the inbox") }
    for (index, item) in waiting.enumerated() {
      say("\(index + 1) of \(waiting.count)")
      guard try decide(item) else { break }
    }
    let left = try desk.waiting().count
    say("accepted \(counts.accepted), rejected \(counts.rejected), \(left) still waiting")
  }

  /// Asks about one candidate until it is decided or left; `false` where all is to end.
  private mutating func decide(_ item: InboxItem) throws -> Bool {
    var changes = InboxDesk.Changes()
    try show(desk.answer(item, with: changes).text)
    while true {
      say("[a]ccept  [r]eject WHY  [m]erge DEAL  [s]plit  cell=value  [n]ext  [u]ndo  [q]uit  [?]")
      guard let line = readLine() else { return false }
      do {
        switch try obey(line, item, &changes) {
        case .again: continue
        case .on: return true
        case .end: return false
        }
      } catch let error where Exit.code(for: error) == Exit.badData {
        // What cannot be done is told, and asked again.
        say("\(error)")
      }
    }
  }

  private mutating func obey(
    _ line: String,
    _ item: InboxItem,
    _ changes: inout InboxDesk.Changes
  ) throws -> Next {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    switch words.first ?? "n" {
    case "a", "accept":
      let receipt = try desk.accept(item, with: changes, reason: "")
      counts.accepted += 1
      try report(receipt, "accepted: added", asJSON: false)
      return .on
    case "r", "reject":
      guard !rest.isEmpty else { return again("say why: r WHY") }
      try desk.book.reject([item.number], reason: rest, now: now())
      counts.rejected += 1
      return .on
    case "m", "merge":
      guard !rest.isEmpty else { return again("say with which deal: m DEAL") }
      changes.target = .deal(rest)
      try show(desk.answer(item, with: changes).text)
    case "s", "split":
      changes.target = .new
      try show(desk.answer(item, with: changes).text)
    case "l", "list": try show(desk.answer(item, with: changes).text)
    case "u", "undo": try report(try desk.book.undo(now: now()), "undone:", asJSON: false)
    case "n", "next": return .on
    case "q", "quit": return .end
    case _ where line.dropFirst().contains("="):
      changes.set(line)
      try show(desk.answer(item, with: changes).text)
    default: say(lines: Self.help)
    }
    return .again
  }

  private func again(_ words: String) -> Next {
    say(words)
    return .again
  }
}

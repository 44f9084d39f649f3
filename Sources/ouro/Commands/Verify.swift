import ArgumentParser
import Reports
import Books
import Tables

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check that a book holds exactly what was written into it.",
    discussion: """
      Of a book file: every entry against its hash, its place and the entries before it, the head, the \
      tables with their triggers, and the file; the first fault is named. Of a book folder: every row, \
      and how rows refer to each other.

      Whoever can write the file can also rewrite the whole chain, or put back an older copy. Note the \
      hash that this prints, or a report shows, and give it back with --expecting; or keep an anchor (`ouro anchor`), \
      which is that hash with a signature, and give it with --anchor.

      EXAMPLES
        ouro verify market.ouro
        ouro verify market.ouro --expecting 9f3c41d2
        ouro verify market.ouro --anchor market.anchor --signers signers

      EXIT CODES
        0 intact · 64 usage · 65 damaged · 66 no such book · 74 could not write
      """
  )

  @Argument(help: "The book: a file or a folder.", completion: .file())
  var book: String

  @Option(
    help: ArgumentHelp(
      "The hash of an entry that must be there, or its first digits.",
      valueName: "hash"
    )
  )
  var expecting: String?

  @Option(help: "An anchor, whose entry must be there.", completion: .file()) var anchor: String?

  @Option(
    help: "With --anchor: OpenSSH's file of allowed signers, of whom one must have signed it.",
    completion: .file()
  )
  var signers: String?

  @Flag(help: "Answer in JSON.")
  var json = false

  /// What was counted; a folder has no entries.
  private struct Answer: Encodable {
    let batches: Int?
    let entries: Int?
    let head: String
    let rows: Int
  }

  /// The digits as the book writes them.
  private var wanted: String? { expecting?.lowercased() }

  func validate() throws {
    guard signers == nil || anchor != nil else {
      throw ValidationError("--signers goes with --anchor")
    }
    guard let expecting else { return }
    let isHash = expecting.utf8.allSatisfy {
      (48...57).contains($0) || (97...102).contains($0 | 32)
    }
    guard (8...64).contains(expecting.utf8.count), isHash else {
      throw ValidationError("A hash is given by at least its first 8 hexadecimal digits.")
    }
  }

  func run() throws {
    let answer = isFolder(book) ? try folderAnswer() : try fileAnswer()
    guard !json else { return try show(json: answer) }
    let log = answer.entries.map { " · \(Figures.count($0, "entry", "entries"))" } ?? ""
    let batches = answer.batches.map { " in \(Figures.count($0, "batch", "batches"))" } ?? ""
    try show(
      legible(book)
        + ": intact · \(Figures.count(answer.rows, "row"))\(log)\(batches) · book \(answer.head)"
    )
  }

  private func fileAnswer() throws -> Answer {
    let file = try Book(at: book)
    let known = try anchor.map { try Anchor(reading: $0) }
    let signer = try known?.signer(among: signers)
    let found = try file.verify(expecting: known?.hash, wanted)
    if let known, let signer {
      say("it holds all that was signed on \(known.signed): \(legible(signer))")
    }
    return Answer(
      batches: found.batches,
      entries: found.entries,
      head: found.headHash,
      rows: found.rows
    )
  }

  private func folderAnswer() throws -> Answer {
    guard anchor == nil else {
      throw ValidationError("an anchor is of a book file; a folder is kept in git, which signs")
    }
    let found = try BookFile.open(book)
    if let wanted, !found.headHash.hasPrefix(wanted) {
      throw BookError.refused(
        reason: "\(book) is now \(found.headHash.prefix(8)), not \(wanted)",
        advice: "see git for what changed"
      )
    }
    return Answer(
      batches: nil,
      entries: nil,
      head: found.headHash,
      rows: found.contents.rows.count
    )
  }
}

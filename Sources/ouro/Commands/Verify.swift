import ArgumentParser
import Inputs

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
    json ? try show(json: answer) : try show(answer.text(of: book))
  }

  private func fileAnswer() throws -> VerifiedBook {
    let (answer, signing) = try VerifiedBook.file(
      book,
      expecting: expecting,
      anchor: anchor,
      signers: signers
    )
    if let signing { say(signing) }
    return answer
  }

  private func folderAnswer() throws -> VerifiedBook {
    guard anchor == nil else {
      throw ValidationError("an anchor is of a book file; a folder is kept in git, which signs")
    }
    return try VerifiedBook.folder(book, expecting: expecting)
  }
}

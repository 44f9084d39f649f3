import ArgumentParser
import Inputs
import Books
import Disk
import Reports
import Tables

struct AnchorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "anchor",
    abstract: "Sign what a book holds now, so that others can check it later.",
    discussion: """
      Verifies the book, and signs the hash of its last entry with a key of yours by `ssh-keygen`. Send the anchor to somebody, \
      or publish it: `ouro verify --anchor` tells whether a book still holds all that it held then.

      EXAMPLES
        ouro anchor market.ouro --key ~/.ssh/id_ed25519 -o market.anchor
        ouro anchor market.ouro --key ~/.ssh/id_ed25519.pub -o -

      EXIT CODES
        0 signed · 64 usage · 65 damaged book · 66 no such book · 74 not signed, or not written
      """
  )

  @Argument(help: "The book.", completion: .file(extensions: ["ouro"]))
  var book: String

  @Option(help: "The key: a private one, or a public one that an agent holds.", completion: .file())
  var key: String

  @Option(
    name: .shortAndLong,
    help: "The anchor's file; - for standard output.",
    completion: .file()
  )
  var output: String

  func run() throws {
    try refuseFolder(book)
    let head = try Book(at: book).verify()
    let anchor = try Anchor(head, signed: now().description, key: key)
    guard output != "-" else { return try show(data: Array(anchor.written.utf8)) }
    try Files.replace(output, with: Array(anchor.written.utf8))
    say(
      "signed \(Figures.count(head.entries, "entry", "entries")) · book \(head.headHash.prefix(8))"
    )
  }
}

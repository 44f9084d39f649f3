public import ArgumentParser
import Books
import Claims
import Inputs
public import Readers
import Reports

extension DocumentFormat: ExpressibleByArgument {}

struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Read who pays whom out of articles, releases and filings: candidates, with the words they stand in.",
    discussion: """
      Every candidate names the rule and the words it was read by; nothing enters a book before somebody accepts it \
      (`ouro review`). The same text gives the same candidates; nothing is asked of any network, unless --model names a \
      language model as a second reader: what it gives is held to the text (its words stand there, its amount stands in \
      them, its parties are named) and shown beside, with where the two differ. OURO_MODEL_KEY is its key.

      EXAMPLES
        ouro read article.txt
        ouro read release.html filing.md --book market.ouro
        ouro read - --publisher Gazette --published 2026-03-02 --json < article.txt
        ouro read article.txt --model http://127.0.0.1:8080

      EXIT CODES
        0 read · 64 usage · 65 not a document, or nothing to read · 66 no such file · 74 could not write
      """
  )

  @Argument(
    help: "The documents, in text, Markdown or HTML; - is standard input.",
    completion: .file()
  )
  var files: [String]

  @Option(
    help: ArgumentHelp("Parties and deals are those of this book.", valueName: "book"),
    completion: .file()
  )
  var book: String?

  @OptionGroup var document: DocumentOptions

  @OptionGroup(title: "Second reader") var second: ModelOptions

  @Flag(help: "Answer in JSON: one object a document.")
  var json = false

  func run() throws {
    let match = try book.map { BookMatch(try BookFile.open($0).contents) }
    let documents = document.files(match)
    for file in files {
      let text = try documents.text(of: file)
      let reading = documents.reading(of: text)
      if !json { try show(ReadingText(reading, file: file).text) }
      do {
        let other = try documents.reading(of: text, beside: reading, by: second.server)
        if json { try show(json: BothReadings(reading, other)) }
        if !json, let other { try show(SecondReadingText(other).text) }
      } catch let error as ModelUnavailable {
        if json { try show(json: reading) }
        throw error
      }
    }
  }
}

/// How a document is written, and who published it when.
struct DocumentOptions: ParsableArguments {
  @Option(
    name: .customLong("as"),
    help:
      "How the documents are written: text, markdown or html; told by name and content by default."
  )
  var format: DocumentFormat?

  @Option(help: "Who published them.")
  var publisher: String?

  @Option(
    help: ArgumentHelp("When; by default the day a document gives itself.", valueName: "date")
  )
  var published: PartialDateArgument?

  /// The documents, with the deals of a book where one is given.
  func files(_ match: BookMatch?) -> DocumentFiles {
    DocumentFiles(as: format, publisher: publisher, published: published?.date, match)
  }
}

public import ArgumentParser
import Books
import Claims
import Disk
public import Readers
import Reports
import Tables

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
    let match = try book.map { path throws(BookError) in BookMatch(try BookFile.open(path).contents)
    }
    for file in files {
      let text = try document.text(of: file)
      let reading = document.reading(of: text, match)
      if !json { try show(ReadingText(reading, text: text, file: file).text) }
      do {
        let other = try second.reading(of: text, beside: reading, match)
        if json { try show(json: BothReadings(reading, other)) }
        if !json, let other { try show(SecondReadingText(other).text) }
      } catch let error as ModelUnavailable {
        if json { try show(json: reading) }
        throw error
      }
    }
  }
}

/// What a text says by the grammar, and by a model where one was asked.
private struct BothReadings: Encodable {
  let grammar: DocumentReading
  let model: ModelReading?

  init(_ grammar: DocumentReading, _ model: ModelReading?) {
    (self.grammar, self.model) = (grammar, model)
  }

  private enum Key: String, CodingKey { case secondReader = "second_reader" }

  func encode(to encoder: any Encoder) throws {
    try grammar.encode(to: encoder)
    guard let model else { return }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(model, forKey: .secondReader)
  }
}

/// What a second reader found beside the first, in words.
struct SecondReadingText {
  private let reading: ModelReading

  init(_ reading: ModelReading) { self.reading = reading }

  /// Where the two agree and differ, and what was refused.
  var text: String {
    var lines = [
      "",
      "The model \(reading.model): \(Figures.count(reading.claims.count, "claim")), \(reading.agreed) as the grammar has them, "
        + "\(reading.onlyModel.count) of its own, \(reading.refused.count) refused",
    ]
    for other in reading.disagreements {
      lines.append(
        "    differs: \(other.cell) is \(other.grammar ?? "nothing") by the grammar, \(other.model ?? "nothing") by the model: “\(ReadingText.oneLine(other.span.text))”"
      )
    }
    for claim in reading.onlyModel {
      lines.append(
        "    the model's alone: \(CandidateText.line(claim)) “\(ReadingText.oneLine(claim.span.text))”"
      )
    }
    for claim in reading.onlyGrammar {
      lines.append("    the grammar's alone: \(CandidateText.line(claim))")
    }
    for refused in reading.refused {
      lines.append("    refused: \(refused.reason): “\(ReadingText.oneLine(refused.quote))”")
    }
    return lines.joined(separator: "\n")
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

  /// The text of a document.
  func text(of file: String) throws -> [UInt8] {
    let bytes = try Files.bytes(of: file, atMost: DocumentText.limit + 1)
    do throws(DocumentError) {
      return try DocumentText.text(
        of: bytes,
        format ?? DocumentFormat.guess(name: file, bytes: bytes)
      )
    } catch {
      throw UnreadableDocument(file: file, error: error)
    }
  }

  /// What a text says, with the deals of a book where one is given.
  func reading(of text: [UInt8], _ match: BookMatch?) -> DocumentReading {
    let reader = Reader(
      parties: match?.parties ?? [],
      publisher: publisher,
      published: published?.date
    )
    let reading = reader.read(text)
    return match?.linked(reading) ?? reading
  }
}

/// A document that was not read, and which.
struct UnreadableDocument: Error, CustomStringConvertible {
  let file: String
  let error: DocumentError

  var description: String { "\(file): \(error)" }
}

/// A reading in words.
struct ReadingText {
  private let reading: DocumentReading
  private let words: [UInt8]
  private let file: String

  init(_ reading: DocumentReading, text: [UInt8], file: String) {
    (self.reading, words, self.file) = (reading, text, file)
  }

  /// Claims, facts, and amounts that are neither.
  var text: String {
    var lines = [
      "\(file) · \(Figures.count(reading.claims.count, "claim")), \(Figures.count(reading.facts.count, "fact"))",
      "",
    ]
    for claim in reading.claims {
      lines += [CandidateText.line(claim), "    \(quote(claim.span))", "    \(claim.because)", ""]
    }
    for fact in reading.facts {
      lines += [CandidateText.line(fact), "    \(quote(fact.span))", ""]
    }
    if !reading.notClaims.isEmpty {
      lines.append("No deal:")
      lines += reading.notClaims.map { "    \($0.span.text): \($0.because)" }
    }
    return lines.joined(separator: "\n")
  }

  private func quote(_ span: Span) -> String {
    "“\(Self.oneLine(span.text))” [\(span.start)–\(span.end)]"
  }

  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

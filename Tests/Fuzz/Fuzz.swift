import Books
import Claims
import Disk
import Foundation
import Networks
import Payments
import Projection
import Readers
import Reports
import Tables

/// A reader of what comes from outside, which `scripts/fuzz.sh` gives bytes that libFuzzer makes up.
///
/// It may refuse them by an error; anything that ends the process, takes long or takes much memory is a fault.
enum FuzzedReader: String, CaseIterable {
  case table
  case bookFolder = "book-folder"
  case bookFile = "book-file"
  case edges
  case payments
  case statement
  case journal
  case archive
  case zstandard
  case pack
  case stream
  case aliases
  case rates
  case scenario
  case run
  case sentence
  case article
  case filing
  case facts
  case submissions
  case exchange
  case map
  case model
  case understanding

  /// Reads the bytes.
  func read(_ bytes: [UInt8]) throws {
    switch self {
    case .table:
      var reader = try CSVReader(bytes: bytes, file: "table")
      while try reader.next() != nil {}
    case .bookFolder: try readBookFolder(bytes)
    case .bookFile: _ = try Book(at: file(bytes)).snapshot()
    case .edges: _ = try FlowNetwork(contentsOf: file(bytes))
    case .payments, .statement, .journal, .archive, .zstandard: try readPayments(bytes)
    case .pack: _ = try Payments(packed: file(bytes))
    case .stream: try readStream(bytes)
    case .aliases: _ = try PartyAliases(bytes: bytes, file: "aliases")
    case .rates: _ = try PaymentRates(bytes: bytes, file: "rates")
    case .scenario: try readScenario(bytes)
    case .run: _ = try JSONDecoder().decode(RunFile.self, from: Data(bytes))
    case .sentence: _ = try PlainSentence(String(decoding: bytes, as: UTF8.self))
    case .article: _ = Reader().read(bytes)
    case .filing: _ = try InlineFilingReader.read(bytes, file: "filing")
    case .facts: _ = try CompanyFactsReader.read(bytes, file: "facts")
    case .submissions: _ = try SubmissionsReader.read(bytes)
    case .exchange: try readExchange(bytes)
    case .map: _ = try TableMap(bytes)
    case .model: try readModelAnswer(bytes)
    case .understanding: _ = try JSONDecoder().decode(Understanding.self, from: Data(bytes))
    }
  }

  /// A file of this process's own that holds the bytes.
  private func file(_ bytes: [UInt8]) -> String {
    let path = "\(fuzzFolder)/input"
    // By a new file each time, since a book's journal lies beside it.
    for part in ["", "-journal", "-wal", "-shm"] { unlink(path + part) }
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
      fatalError("cannot write \(path)")
    }
    return path
  }

  private func readBookFolder(_ bytes: [UInt8]) throws {
    let tables = BookTable.allCases
    let table = tables[Int(bytes.first ?? 0) % tables.count]
    _ = try Book.checked(BookFolder.read(table, from: file(Array(bytes.dropFirst()))))
  }

  private func readPayments(_ bytes: [UInt8]) throws {
    var hints = ReadingHints()
    hints.journal = .proRata
    let payments = try Payments(asTheyCome: [file(bytes)], hints)
    // What was read can be looked at.
    for index in stride(from: 0, to: payments.count, by: max(1, payments.count / 50)) {
      _ = (payments[index], payments.currency(of: index))
    }
  }

  private func readStream(_ bytes: [UInt8]) throws {
    let stream = PaymentStream("stream", PaymentFormat())
    // In pieces of any length, as a pipe gives them.
    var rest = bytes[...]
    while let length = rest.first {
      _ = try stream.take(rest.prefix(Int(length) + 1), isLast: false)
      rest = rest.dropFirst(Int(length) + 1)
    }
    _ = try stream.take([UInt8](), isLast: true)
  }

  private func readScenario(_ bytes: [UInt8]) throws {
    let day = Day(ordinal: 20_500)
    let reader = ScenarioReader(try View(of: emptyBook, ViewRequest(asOf: day)))
    _ = try reader.scenario(String(decoding: bytes, as: UTF8.self), file: "s") { _ in nil }
  }

  private func readExchange(_ bytes: [UInt8]) throws {
    guard let format = ExchangeFormat(of: bytes) else { return }
    let origin = ExchangeOrigin(publisher: nil, file: "exchange", day: Day(ordinal: 20_500))
    _ = try format.read(bytes, from: origin, into: emptyBook)
  }

  private func readModelAnswer(_ bytes: [UInt8]) throws {
    let text = Array("Nvidia will invest $100 billion in OpenAI, it said on Monday.".utf8)
    var answer = ModelReader(model: "m", text: text, beside: Reader().read(text), nil)
    try answer.take(bytes, from: 0, count: text.count)
    _ = answer.compared()
  }

  private var emptyBook: BookContents {
    get throws {
      try BookContents(parties: [], sources: [], deals: [], claims: [], facts: [], assumptions: [])
    }
  }
}

private let fuzzFolder: String = {
  let path = "/dev/shm/ouro-fuzz-\(getpid())"
  mkdir(path, 0o700)
  return path
}()

/// The reader that `OURO_FUZZ` names.
private let reader: FuzzedReader = {
  let name = ProcessInfo.processInfo.environment["OURO_FUZZ"] ?? ""
  guard let reader = FuzzedReader(rawValue: name) else {
    let names = FuzzedReader.allCases.map(\.rawValue).joined(separator: " ")
    fatalError("OURO_FUZZ must name a reader: \(names)")
  }
  return reader
}()

/// libFuzzer's own main, for programs that have one.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main enum Fuzz {
  static func main() {
    var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
    let code = runFuzzer(&count, &arguments) { data, count in
      try? reader.read(Array(UnsafeBufferPointer(start: data, count: count)))
      return 0
    }
    exit(code)
  }
}

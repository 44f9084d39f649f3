public import ArgumentParser
public import Books
import Claims
import Foundation
import Inputs

extension BookTable: ExpressibleByArgument {}

/// What every command that changes a book takes.
struct BookOptions: ParsableArguments {
  @Argument(help: "The book: a file, as market.ouro.", completion: .file(extensions: ["ouro"]))
  var book: String

  @Flag(help: "Answer in JSON.")
  var json = false
}

/// The book file at `path`; a folder is refused, with what to do instead.
///
/// - Parameter path: What the user named.
/// - Returns: The open book.
/// - Throws: ``BookError``.
func bookFile(_ path: String) throws(BookError) -> Book {
  try refuseFolder(path)
  return try Book(at: path)
}

/// Refuses a book folder where a book file is needed.
///
/// - Parameter path: What the user named.
/// - Throws: ``BookError/refused(reason:advice:)``.
func refuseFolder(_ path: String) throws(BookError) {
  guard path != "-" else {
    throw .refused(reason: "a book is a file of its own", advice: "name it: market.ouro")
  }
  guard isFolder(path) else { return }
  throw .refused(
    reason: "\(path) is a book folder, which is edited by hand and kept in git",
    advice: "to have it append-only, import it first: ouro import \(path) NAME.ouro"
  )
}

/// Whether `path` is a folder.
func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

/// The present second.
func now() -> Timestamp { Timestamp(secondsSince1970: Int(Date().timeIntervalSince1970)) }

/// Tells what a write did: as JSON on standard output, or in words on standard error.
///
/// - Parameters:
///   - receipt: What was done.
///   - what: What an entry written stands for, as `added`.
///   - asJSON: Whether to answer in JSON.
/// - Throws: ``BookError`` when standard output takes nothing.
func report(_ receipt: Book.Receipt, _ what: String, asJSON: Bool) throws {
  let answer = ReceiptAnswer(receipt)
  guard asJSON else { return say(answer.text(what)) }
  do {
    try show(json: answer)
  } catch {
    // What was asked is done, whether or not anybody can be told so.
    say(answer.text(what))
    throw error
  }
}

/// Reads a point of the recorded clock: a time, or the end of a date.
struct RecordedTime: ExpressibleByArgument {
  let timestamp: Timestamp

  init?(argument: String) {
    if let time = Timestamp(argument) {
      timestamp = time
    } else if let date = PartialDate(argument) {
      timestamp = Timestamp(endOf: date)
    } else {
      return nil
    }
  }
}

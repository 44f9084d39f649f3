import Disk
import Foundation
import Payments
import Reports
import Tables

/// How far a watch came, and what it kept: a line of JSON, and below it a table of payments.
struct WatchCheckpoint {
  /// A payment that was kept, by the names of its parties.
  struct Row {
    let payer: String
    let payee: String
    let time: Int
    let amount: Int64
    let line: Int
  }

  /// Lines that were sent in one go.
  struct Stretch: Codable {
    /// How many lines, the header among them.
    let lines: Int
    /// The SHA-256 of them, each with its end.
    let sha256: String
  }

  private struct Head: Codable {
    let form: String
    let settings: PaymentWatch.Settings
    let progress: PaymentWatch.Progress
    let lines: Int
    let listLength: Int
    let kept: Int
    let waiting: Int
    // What was told last of whom: in checkpoints of loops there is none.
    let returns: [String: ArrivingReturns.Told]?
    let patterns: [String: ArrivingPatterns.Told]?
    // What was read: in older checkpoints there is none.
    let inputs: [Stretch]?
  }

  let settings: PaymentWatch.Settings
  let progress: PaymentWatch.Progress
  /// How many lines of the input were read, the header among them.
  let lines: Int
  /// How long the list was then, in bytes.
  let listLength: Int
  let kept: [Row]
  let waiting: [Row]
  /// What was told last of whom.
  let returns: [String: ArrivingReturns.Told]
  let patterns: [String: ArrivingPatterns.Told]
  /// What was read, by its hash: several where an input went on after a checkpoint.
  let inputs: [Stretch]

  private static let form = "ouro watch 1"
  private static let columns = ["payer", "payee", "time", "amount", "line"]

  /// Writes it, whole or not at all.
  func write(to path: String) throws {
    let head = Head(
      form: Self.form,
      settings: settings,
      progress: progress,
      lines: lines,
      listLength: listLength,
      kept: kept.count,
      waiting: waiting.count,
      returns: returns.isEmpty ? nil : returns,
      patterns: patterns.isEmpty ? nil : patterns,
      inputs: inputs
    )
    var csv = CSVWriter(header: Self.columns)
    for row in kept + waiting {
      csv.append([row.payer, row.payee, String(row.time), String(row.amount), String(row.line)])
    }
    let text = try json(head, isPretty: false, isAnswer: false) + "\n"
    try Files.replace(path, with: Array(text.utf8) + csv.bytes)
  }
}

extension WatchCheckpoint {
  /// Reads it.
  init(reading path: String) throws {
    let bytes = try Files.bytes(of: path)
    func refusal(_ reason: String) -> PaymentError {
      .unreadable(path: path, reason: "it is no checkpoint of a watch: \(reason)")
    }
    let end = bytes.firstIndex(of: 10) ?? bytes.endIndex
    guard let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[..<end])),
      head.form == Self.form
    else { throw refusal("its first line is not one that ouro watch writes") }
    var reader = try CSVReader(
      bytes: Array(bytes[Swift.min(end + 1, bytes.endIndex)...]),
      file: path
    )
    guard reader.header == Self.columns else { throw refusal("its table has other columns") }
    var rows: [Row] = []
    while let record = try reader.next() {
      guard let time = Int(record[2]), let amount = Int64(record[3]), let line = Int(record[4]),
        amount >= 0
      else { throw refusal("line \(record.line + 1) is no payment") }
      rows.append(
        Row(payer: record[0], payee: record[1], time: time, amount: amount, line: line)
      )
    }
    guard rows.count == head.kept + head.waiting, head.kept >= 0, head.waiting >= 0 else {
      throw refusal("it is not whole")
    }
    let kept = Array(rows.prefix(head.kept))
    guard zip(kept, kept.dropFirst()).allSatisfy({ $0.time <= $1.time }) else {
      throw refusal("its payments are not in the order of time")
    }
    self.init(
      settings: head.settings,
      progress: head.progress,
      lines: head.lines,
      listLength: head.listLength,
      kept: kept,
      waiting: Array(rows.dropFirst(head.kept)),
      returns: head.returns ?? [:],
      patterns: head.patterns ?? [:],
      inputs: head.inputs ?? []
    )
  }

  /// Refuses to go on with other settings.
  func check(_ wanted: PaymentWatch.Settings, _ path: String) throws {
    guard settings != wanted else { return }
    throw PaymentError.unreadable(
      path: path,
      reason:
        "it was made by a watch for something else, or with other --within, --slack, --max-hops, --tolerance, --min, "
        + "--digits or --currency; use the same, or another file"
    )
  }
}

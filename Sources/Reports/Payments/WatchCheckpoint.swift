internal import Foundation
package import Loops
internal import Payments
internal import Tables

/// How far a watch came, and what it kept: a line of JSON, and below it a table of payments.
package struct WatchCheckpoint {
  /// A payment that was kept, by the names of its parties.
  package struct Row {
    /// Who pays.
    package let payer: String
    /// Who is paid.
    package let payee: String
    /// When, in seconds since 1970.
    package let time: Int
    /// How much, in minor units.
    package let amount: Int64
    /// The line that it came on.
    package let line: Int

    /// A payment by the names of its parties.
    ///
    /// - Parameters:
    ///   - payment: The payment.
    ///   - name: The name of the party of a number.
    package init(_ payment: WatchedPayment, name: (Int32) -> String) {
      (payer, payee) = (name(payment.payer), name(payment.payee))
      (time, amount, line) = (payment.time, payment.amount, payment.line)
    }

    init(payer: String, payee: String, time: Int, amount: Int64, line: Int) {
      (self.payer, self.payee) = (payer, payee)
      (self.time, self.amount, self.line) = (time, amount, line)
    }
  }

  /// Lines that were sent in one go.
  package struct Stretch: Codable {
    /// How many lines, the header among them.
    package let lines: Int
    /// The SHA-256 of them, each with its end.
    package let sha256: String

    /// Lines that were sent in one go.
    package init(lines: Int, sha256: String) { (self.lines, self.sha256) = (lines, sha256) }
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

  /// What is watched for.
  package let settings: PaymentWatch.Settings
  /// What came and what was told.
  package let progress: PaymentWatch.Progress
  /// How many lines of the input were read, the header among them.
  package let lines: Int
  /// How long the list was then, in bytes.
  package let listLength: Int
  /// The payments of the window.
  package let kept: [Row]
  /// Those that wait for others that may come late.
  package let waiting: [Row]
  /// What was told last of whose returns.
  package let returns: [String: ArrivingReturns.Told]
  /// What was told last of whose patterns.
  package let patterns: [String: ArrivingPatterns.Told]
  /// What was read, by its hash: several where an input went on after a checkpoint.
  package let inputs: [Stretch]

  /// Notes how far a watch came.
  ///
  /// - Parameters:
  ///   - settings: What is watched for.
  ///   - progress: What came and what was told.
  ///   - lines: How many lines of the input were read.
  ///   - listLength: How long the list is, in bytes.
  ///   - kept: The payments of the window.
  ///   - waiting: Those that wait.
  ///   - returns: What was told last of whose returns.
  ///   - patterns: What was told last of whose patterns.
  ///   - inputs: What was read, by its hash.
  package init(
    settings: PaymentWatch.Settings,
    progress: PaymentWatch.Progress,
    lines: Int,
    listLength: Int,
    kept: [Row],
    waiting: [Row],
    returns: [String: ArrivingReturns.Told],
    patterns: [String: ArrivingPatterns.Told],
    inputs: [Stretch]
  ) {
    (self.settings, self.progress, self.lines) = (settings, progress, lines)
    (self.listLength, self.kept, self.waiting) = (listLength, kept, waiting)
    (self.returns, self.patterns, self.inputs) = (returns, patterns, inputs)
  }

  private static let form = "ouro watch 1"
  private static let columns = ["payer", "payee", "time", "amount", "line"]

  /// The bytes of its file.
  ///
  /// - Returns: The bytes.
  /// - Throws: `EncodingError` for a number that JSON cannot hold.
  package func bytes() throws -> [UInt8] {
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
    let text = try AnswerJSON.text(of: head, isPretty: false, isAnswer: false) + "\n"
    return Array(text.utf8) + csv.bytes
  }
}

extension WatchCheckpoint {
  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - path: The file, for errors to name.
  /// - Throws: `PaymentError` where they are no checkpoint.
  package init(_ bytes: [UInt8], path: String) throws {
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
  ///
  /// - Parameters:
  ///   - wanted: What is to be watched for now.
  ///   - path: The file, for errors to name.
  /// - Throws: `PaymentError` where the settings differ.
  package func check(_ wanted: PaymentWatch.Settings, _ path: String) throws {
    guard settings != wanted else { return }
    throw PaymentError.unreadable(
      path: path,
      reason:
        "it was made by a watch for something else, or with other --within, --slack, --max-hops, --tolerance, --min, "
        + "--digits or --currency; use the same, or another file"
    )
  }
}

internal import Claims
internal import Columns
package import Payments
internal import Tables

extension Workbook {
  /// Payments as they were read, as sheets: each with its line, the parties, the files, and rows that are none.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - sums: What they add up to, where that is asked.
  ///   - inputs: The files that they rest on.
  ///   - question: What was asked.
  package init(
    of payments: Payments,
    sums: [PaymentSumTable] = [],
    of inputs: [InputFile],
    _ question: Question
  ) {
    let files =
      payments.sources.isEmpty ? payments.plainSheet(inputs.first) : payments.sources.sheet
    let own = [payments.sheet, payments.partySheet, files, payments.rejectedSheet]
    self.init((sums.isEmpty ? [] : [PaymentSumTable.sheet(sums)]) + own, question)
  }
}

extension Payments {
  /// A row a payment, in the order of the files.
  fileprivate var sheet: Sheet {
    Sheet(
      "Payments",
      0..<count,
      [
        .text("file") { (source(of: $0) ?? sources.first)?.path }, .count("line") { line(of: $0) },
        .moment("time") { time[$0] }, .text("payer") { called(Int(payer[$0])) },
        .text("payee") { called(Int(payee[$0])) },
        .units("amount", digits: digits) { amountMinorUnits[$0] },
        .text("currency") { currency(of: $0) },
      ]
    )
  }

  /// The one file, which was read as it is.
  fileprivate func plainSheet(_ input: InputFile?) -> Sheet {
    Sheet(
      "Files",
      [input].compactMap(\.self),
      [
        .text("file") { $0.file }, .count("payments") { _ in count },
        .count("rows that are none") { _ in rejected.count },
        .text("understood as") { _ in "the plain form, or packed" },
        .text("also") { _ in nil }, .text("SHA-256") { $0.sha256 },
      ]
    )
  }

  /// What people call a party.
  private func called(_ party: Int) -> String { label(of: party) ?? parties[party] }

  /// A row a party and currency: what it pays and is paid.
  fileprivate var partySheet: Sheet {
    struct Line {
      var paid = (count: 0, sum: Int128(0))
      var received = (count: 0, sum: Int128(0))
    }
    struct Key: Hashable {
      let party: Int
      let currency: String
    }
    var lines: [Key: Line] = [:]
    for index in 0..<count {
      let (money, units) = (currency(of: index) ?? "", Int128(amountMinorUnits[index]))
      let from = Key(party: Int(payer[index]), currency: money)
      lines[from, default: Line()].paid.count += 1
      lines[from]?.paid.sum += units
      let to = Key(party: Int(payee[index]), currency: money)
      lines[to, default: Line()].received.count += 1
      lines[to]?.received.sum += units
    }
    let rows = lines.sorted {
      ($0.key.party, $0.key.currency) < ($1.key.party, $1.key.currency)
    }
    return Sheet(
      "Parties",
      rows,
      [
        .text("party") { called($0.key.party) }, .text("known by") { parties[$0.key.party] },
        .count("payments made") { $0.value.paid.count },
        .units("paid", digits: digits) { Int64(exactly: $0.value.paid.sum) },
        .count("payments received") { $0.value.received.count },
        .units("received", digits: digits) { Int64(exactly: $0.value.received.sum) },
        .text("currency") { $0.key.currency },
      ]
    )
  }

  /// A row a rejected row, as far as they are told one by one.
  fileprivate var rejectedSheet: Sheet {
    Sheet(
      "Rows that are no payments",
      rejected.first,
      [
        .text("file") { $0.file }, .count("line") { $0.line }, .text("column") { $0.column },
        .text("reason") { $0.reason }, .text("what to do") { $0.advice },
      ]
    )
  }
}

extension [PaymentSource] {
  /// The files, and how each was understood.
  var sheet: Sheet {
    Sheet(
      "Files",
      self,
      [
        .text("file") { $0.path }, .count("payments") { $0.payments },
        .count("rows that are none") { $0.rejected },
        .text("understood as") { Self.told($0.understanding) },
        .text("also") { $0.notes.joined(separator: "; ") }, .text("SHA-256") { $0.sha256 },
      ]
    )
  }

  private static func told(_ understanding: Understanding) -> String {
    understanding.told.map { String($0.drop { $0 == " " }) }.joined(separator: "; ")
  }
}

extension PaymentSumTable {
  /// The sums of several currencies, or of one, as a table: a row a pair and period.
  ///
  /// - Parameter tables: The sums.
  /// - Returns: The table.
  package static func sheet(_ tables: [PaymentSumTable]) -> Sheet {
    let rows = tables.flatMap { table in (0..<table.count).map { (table: table, index: $0) } }
    let digits = tables.first?.digits ?? 2
    var columns: [SheetColumn<(table: PaymentSumTable, index: Int)>] = [
      .text("from") { $0.table.payer(of: $0.index) }, .text("to") { $0.table.payee(of: $0.index) },
      .units("weight", digits: digits) { $0.table.amountMinorUnits(of: $0.index) },
      .count("payments") { $0.table.paymentCount(of: $0.index) },
    ]
    if tables.contains(where: \.isByPeriod) {
      columns.append(.day("time") { $0.table.firstDay(of: $0.index) })
    }
    if tables.contains(where: { $0.currency != nil }) {
      columns.append(.text("currency") { $0.table.currency })
    }
    return Sheet("Sums", rows, columns)
  }
}

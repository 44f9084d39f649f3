/// Reads files of the automated clearing house of the United States: a company's batches of credits and debits.
struct NACHA {
  private let path: String
  private var builder: DraftBuilder

  init(_ path: String, _ hints: ReadingHints) {
    self.path = path
    builder = DraftBuilder(hints)
    digits = hints.digits
  }

  private let digits: Int

  /// Reads a text: records of 94 characters.
  mutating func draft(_ text: String) -> Draft {
    var company = DraftBuilder.Party(account: "", name: "")
    var day: Int?
    var written = ""
    for (number, line) in text.numberedLines {
      let record = Array(line.utf8)
      guard record.count >= 80 else { continue }
      func field(_ first: Int, _ last: Int) -> String {
        String(decoding: record[(first - 1)..<min(last, record.count)], as: UTF8.self).trimmedText
      }
      switch field(1, 1) {
      case "5":
        company = DraftBuilder.Party(account: field(41, 50), name: field(5, 20))
        written = field(70, 75)
        day = statedMoment("20\(written)")
      case "6": add(field, company, day, written, line: number)
      default: break
      }
    }
    var found = Understanding()
    found.format = "NACHA"
    return builder.draft(PaymentSource(path: path, understanding: found))
  }

  /// An entry: its code says whether the company pays the account, or takes from it.
  private mutating func add(
    _ field: (Int, Int) -> String,
    _ company: DraftBuilder.Party,
    _ day: Int?,
    _ written: String,
    line: Int
  ) {
    guard let code = Int(field(2, 3)), (20..<60).contains(code) else {
      return builder.reject(.noDirection(field(2, 3)), line: line)
    }
    guard let cents = Int64(field(30, 39)) else {
      return builder.reject(.badAmount(field(30, 39)), line: line)
    }
    // A test of an account moves nothing.
    guard cents > 0 else { return }
    guard let day else { return builder.reject(.badTime(written), line: line) }
    let account = DraftBuilder.Party(
      account: "\(field(4, 12))/\(field(13, 29))",
      name: field(55, 76)
    )
    let isDebit = code % 10 >= 5
    let (payer, payee) = isDebit ? (account, company) : (company, account)
    let scale = (0..<max(0, digits - 2)).reduce(Int64(1)) { power, _ in power * 10 }
    builder.add(
      payer,
      payee,
      time: day,
      units: cents * scale,
      currency: "USD",
      teller: isDebit ? .payee : .payer,
      reference: "",
      line: line
    )
  }
}

internal import Tables

/// What is asked of payments that were dropped, as the command's options say it: how to understand them, what to find, and
/// what sum to follow.
enum PaymentQuestion {
  /// How the columns and their cells are to be understood: the options of the command that `--map` keeps.
  static let understanding = [
    QueryParameter("payer", "The column of who pays, by its name or place.", .words(200)),
    QueryParameter("payee", "The column of who is paid.", .words(200)),
    QueryParameter("amount", "The column of amounts.", .words(200)),
    QueryParameter("time", "The column of times.", .words(200)),
    QueryParameter(
      "time-format",
      "What times that are bare numbers are.",
      .choice([
        "seconds", "YYYYMMDD", "DDMMYYYY", "MMDDYYYY", "YYMMDD", "DDMMYY", "MMDDYY",
        "milliseconds",
        "spreadsheet", "days",
      ])
    ),
    QueryParameter(
      "day-order",
      "The order of day, month and year.",
      .choice(["DMY", "MDY", "YMD"])
    ),
    QueryParameter("decimal", "The mark before decimals.", .choice(["point", "comma"])),
    QueryParameter("delimiter", "What stands between cells.", .words(4)),
    QueryParameter(
      "encoding",
      "The encoding of the text.",
      .choice(["UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252", "ISO-8859-15"])
    ),
    QueryParameter("account", "Whose statement it is.", .words(100)),
    QueryParameter(
      "negatives",
      "What amounts below zero mean.",
      .choice(["refuse", "turn", "ignore-sign"])
    ),
    QueryParameter("where", "Only rows in which a column has a value: COLUMN=VALUE.", .words(200)),
    QueryParameter("currency", "The currency whose rows to read.", .currency),
    QueryParameter("digits", "How many digits after the point an amount may have.", .number(0...9)),
    QueryParameter("round", "Whether amounts with more digits are rounded.", .choice(["yes"])),
  ]

  private static let within = QueryParameter(
    "within",
    "The most time from the first payment to the last.",
    .stretch
  )
  private static let least = QueryParameter("min", "The least amount of a payment.", .amount)
  private static let top = QueryParameter("top", "How many to tell.", .number(1...200))

  /// What rings are asked for.
  static let rings =
    [
      within, QueryParameter("max-hops", "The most payments in a loop.", .number(2...50)), least,
      QueryParameter(
        "tolerance",
        "The most an amount may change from one payment to the next, in percent.",
        .number(0...1_000)
      ), top,
    ] + understanding

  /// What is asked of money that was split and rejoined.
  static let split = [within, least, top] + understanding

  /// What sum is followed.
  static let follow =
    [
      QueryParameter("from", "Who paid the sum, by name or account.", .words(200)),
      QueryParameter("at", "When it was paid: a day, or a moment.", .moment),
      QueryParameter("sum", "The sum.", .amount),
      QueryParameter("until", "The last moment to follow it to.", .moment),
      QueryParameter(
        "rule",
        "By which rule it is drawn.",
        .choice(["pro-rata", "fifo", "lifo", "lowest-balance"])
      ),
    ] + understanding

  /// The options of the command that say how to understand the payments.
  ///
  /// - Parameters:
  ///   - asking: What is asked.
  ///   - left: A parameter that another option stands for.
  /// - Returns: The options, each one word.
  static func options(_ asking: Asking, without left: String = "") -> [String] {
    understanding.filter { $0.name != left }.flatMap { parameter -> [String] in
      guard let value = asking[parameter.name] else { return [] }
      return [parameter.name == "round" ? "--round" : "--\(parameter.name)=\(value)"]
    } + ["--threads=2"]
  }

  /// The options of the command that say what to find.
  static func search(_ asking: Asking) -> [String] {
    let percent = asking["tolerance"].map { "--tolerance=\($0)%" }
    return [
      "--within=\(asking["within"] ?? usualWindow)", asking["max-hops"].map { "--max-hops=\($0)" },
      asking["min"].map { "--min=\($0)" }, percent, "--top=\(asking["top"] ?? usualTop)",
    ].compactMap(\.self)
  }

  /// The window where none is asked for.
  static let usualWindow = "30d"
  /// How many findings are told where nobody says.
  static let usualTop = "10"
}

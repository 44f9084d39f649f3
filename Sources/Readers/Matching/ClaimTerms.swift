internal import Claims

/// What the sentence around a claim says of how it binds: when it was signed, what it depends on, and whether its amount
/// was stated, estimated or foretold.
///
/// These are cells of a claim that a candidate has none of its own for; a person sees them before accepting.
struct ClaimTerms {
  /// The day it was signed; `nil` where no day stands beside the signing.
  private(set) var signed: PartialDate?
  /// What it depends on; `nil` where nothing is said.
  private(set) var condition: Claim.Condition?
  /// How the amount came about; `nil` where it was stated.
  private(set) var pen: Pen?

  /// Words that say on what money depends.
  ///
  /// The first that stands in the sentence decides; each has an example that is its test.
  static let conditions: [(words: String, condition: Claim.Condition, example: String)] = [
    ("regulatory approval", .approval, "Acme will pay, subject to regulatory approval"),
    ("regulatory approvals", .approval, "once regulatory approvals are in"),
    ("shareholder approval", .approval, "pending shareholder approval"),
    ("approval of", .approval, "subject to the approval of its board"),
    ("approval by", .approval, "subject to approval by the cartel office"),
    ("antitrust clearance", .approval, "after antitrust clearance"),
    ("customary closing conditions", .closing, "subject to customary closing conditions"),
    ("expected to close", .closing, "The deal is expected to close in May"),
    ("at closing", .closing, "Acme pays $2bn at closing"),
    ("upon closing", .closing, "payable upon closing"),
    ("upon completion", .closing, "due upon completion"),
    ("when the deal closes", .closing, "it pays when the deal closes"),
    ("milestone", .performance, "paid as each milestone is met"),
    ("milestones", .performance, "if Bolt meets its milestones"),
    ("performance targets", .performance, "tied to performance targets"),
    ("as each gigawatt", .performance, "it invests as each gigawatt is deployed"),
    ("as capacity", .performance, "it pays as capacity is delivered"),
    ("option to", .exercise, "Acme has an option to buy more for $1bn"),
    ("exercise its", .exercise, "should it exercise its warrants"),
    ("exercises its", .exercise, "if it exercises its option"),
    ("contingent on", .other, "contingent on a public offering"),
    ("conditional on", .other, "conditional on an IPO"),
    ("provided that", .other, "provided that Bolt goes public"),
    ("on condition that", .other, "on condition that power is found"),
  ]

  /// Words that say that an amount was not stated by who pays or is paid.
  static let pens: [(words: String, pen: Pen, example: String)] = [
    ("analysts estimate", .estimate, "analysts estimate that Acme paid Bolt $2bn"),
    ("analysts estimated", .estimate, "which analysts estimated at $2bn"),
    ("by our estimate", .estimate, "Acme paid $2bn by our estimate"),
    ("is estimated to", .estimate, "Acme is estimated to have paid $2bn"),
    ("are estimated to", .estimate, "payments are estimated to be $2bn"),
    ("is projected to", .forecast, "Acme is projected to spend $2bn with Bolt"),
    ("is forecast to", .forecast, "Acme is forecast to pay $2bn"),
    ("analysts expect", .forecast, "analysts expect Acme to pay Bolt $2bn"),
    ("expects to spend", .forecast, "Acme expects to spend $2bn with Bolt"),
    ("expects to pay", .forecast, "Acme expects to pay Bolt $2bn in 2027"),
  ]

  /// Reads the sentence that a span stands in.
  ///
  /// - Parameters:
  ///   - text: The text that was read.
  ///   - span: The words of the candidate.
  ///   - published: The day of the text, by which days without a year are understood.
  init(_ text: [UInt8], around span: Span, published: Day?) {
    let sentence = Self.sentence(text, span)
    let tokens = Tokenizer.tokenize(sentence)
    let words = " " + tokens.tokens.map(\.lower).joined(separator: " ") + " "
    condition = Self.conditions.first { words.contains(" \($0.words) ") }?.condition
    pen = Self.pens.first { words.contains(" \($0.words) ") }?.pen
    signed = Self.signing(tokens, published)
  }

  /// The bytes of the sentence, at most so many on either side.
  private static func sentence(_ text: [UInt8], _ span: Span) -> [UInt8] {
    let reach = 600
    var start = min(span.start, text.count)
    while start > max(0, span.start - reach), !ends(text, start - 1) { start -= 1 }
    var end = min(span.end, text.count)
    while end < min(text.count, span.end + reach), !ends(text, end) { end += 1 }
    return Array(text[start..<max(start, end)])
  }

  /// Whether a sentence ends with the byte at `place`: a mark with a blank and a capital letter behind it, or two lines.
  private static func ends(_ text: [UInt8], _ place: Int) -> Bool {
    if text[place] == 0x0A { return place + 1 >= text.count || text[place + 1] == 0x0A }
    guard [0x2E, 0x21, 0x3F].contains(text[place]), place + 2 < text.count else { return false }
    return text[place + 1] <= 0x20 && (0x41...0x5A).contains(text[place + 2])
  }

  private static let signings: Set<String> = ["signed", "dated", "executed"]

  /// The first day that stands within six words behind a word of signing.
  private static func signing(_ tokens: TokenizedText, _ published: Day?) -> PartialDate? {
    let range = tokens.tokens.indices
    let verbs = range.filter { at in
      let word = tokens.tokens[at].lower
      return signings.contains(word)
        || word == "entered" && at + 1 < range.upperBound && tokens.tokens[at + 1].lower == "into"
    }
    guard !verbs.isEmpty else { return nil }
    let reader = DateReader(text: tokens, range: range, published: published)
    return reader.dates().first { date in
      let isSpan = date.last != nil || date.sense == .until || date.sense == .due
      return !isSpan
        && verbs.contains {
          (1...6).contains(date.tokens.lowerBound - $0)
            // A term stands behind the signing as well: "signed a contract through 2029".
            && !tokens.tokens[$0..<date.tokens.lowerBound].contains { word in
              ["through", "until", "from", "for", "by", "over"].contains(word.lower)
            }
        }
    }?.date
  }
}

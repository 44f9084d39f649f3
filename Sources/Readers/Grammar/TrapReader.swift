internal import Tables

/// Amounts that are no deal: market values, fines, prices per share, forecasts.
struct TrapReader {
  let view: SentenceView

  private func word(_ at: Int) -> String { view.word(at) }

  /// Why an amount is no deal; `nil` where it may be one.
  func reason(_ amount: Amount) -> String? {
    if amount.isPrice { return "a price of one piece" }
    if amount.isMoney, amount.per == nil, let figure = amount.figure, figure.double < 10_000 {
      return "a price"
    }
    if let near = near(amount) { return near }
    let phrase = view.phrase(around: amount.tokens.lowerBound)
    if let phrase,
      ["lose", "lost", "fine", "earn", "charge", "wipe", "trade", "seek-damages"].contains(
        phrase.base
      )
    {
      return "what was gained or lost"
    }
    if isBesidePhrase(amount) { return "no money between two parties" }
    return nil
  }

  private func near(_ amount: Amount) -> String? {
    let before = (amount.tokens.lowerBound - 5..<amount.tokens.lowerBound).clamped(to: view.range)
    let after = (amount.tokens.upperBound..<amount.tokens.upperBound + 5).clamped(to: view.range)
    for at in before.reversed() {
      if [.comma, .semicolon].contains(view.token(at).kind)
        || view.has(at, .conjunction) && word(at) != "or"
      {
        break
      }
      if word(at) == "price", isPriceOfAll(at, amount) { continue }
      if Self.before.contains(word(at)) { return "\(word(at)), no deal" }
    }
    if word(amount.tokens.lowerBound - 1) == "at", amount.isMoney,
      amount.figure.map({ $0.double < 10_000 }) == true
    {
      return "a price"
    }
    for at in after {
      if [.comma, .semicolon].contains(view.token(at).kind)
        || view.has(at, [.verb]) && !Self.after.contains(word(at))
      {
        break
      }
      if Self.after.contains(word(at)) { return "\(word(at)), no deal" }
    }
    return nil
  }

  /// `at a total price of $312 million`: what is paid for everything.
  private func isPriceOfAll(_ at: Int, _ amount: Amount) -> Bool {
    at == amount.tokens.lowerBound - 2 && word(at + 1) == "of"
      && ["a", "total", "purchase", "contract", "sale", "fixed"].contains(word(at - 1))
  }

  /// Whether one of the phrases stands near an amount, with no verb between.
  private func isBesidePhrase(_ amount: Amount) -> Bool {
    let near = (amount.tokens.lowerBound - 13..<amount.tokens.upperBound + 6).clamped(
      to: view.range
    )
    return near.contains { place in
      (Self.phrases[word(place)] ?? []).contains { phrase in
        phrase.indices.allSatisfy { word(place + $0) == phrase[$0] }
          && isBeside(place..<place + phrase.count, amount)
      }
    }
  }

  private func isBeside(_ phrase: Range<Int>, _ amount: Amount) -> Bool {
    if phrase.upperBound <= amount.tokens.lowerBound {
      return amount.tokens.lowerBound - phrase.upperBound <= 8
        && !isCut(phrase.upperBound..<amount.tokens.lowerBound)
    }
    guard phrase.lowerBound >= amount.tokens.upperBound else { return true }
    return phrase.lowerBound - amount.tokens.upperBound <= 5
      && !isCut(amount.tokens.upperBound..<phrase.lowerBound)
  }

  private func isCut(_ range: Range<Int>) -> Bool {
    guard range.lowerBound < range.upperBound else { return false }
    return range.contains {
      view.token($0).kind == .semicolon || view.phrases.map(\.token).contains($0)
    }
  }

  private static let before: Set<String> = [
    "fine", "fined", "fines", "penalty", "damages", "lawsuit", "settlement", "salary", "bonus",
    "dividend", "profit",
    "loss", "losses", "earnings", "ebitda", "fortune", "tax", "taxes", "wages", "price",
    "impairment", "target",
    "expense", "ransom", "prize", "valuation", "capitalisation", "capitalization", "severance",
    "jury",
    "credits", "penalties", "interest", "tab", "earned", "unlike", "worth-of",
  ]
  private static let after: Set<String> = [
    "fine", "damages", "lawsuit", "settlement", "salary", "bonus", "dividend", "profit", "loss",
    "tax", "penalty",
    "prize", "fortune", "market-cap", "payout", "valuation", "capitalisation", "write-down",
    "writedown", "impairment",
  ]
  /// Phrases by their first word.
  private static let phrases: [String: [[String]]] = {
    let list = """
      market value
      market capitalisation
      market capitalization
      in value
      in damages
      of its own shares
      buyback
      of market value
      conversion price
      exercise price
      strike price
      price target
      break fee
      termination fee
      delay credits
      analysts had expected
      analysts expected
      analysts had forecast
      had forecast
      interest expense
      bought back
      its own shares
      the market for
      the whole market
      payments market
      is thought to be worth
      net income
      net loss
      quarterly loss
      annual loss
      quarterly profit
      the size of the market
      income tax
      remained available
      wrote off
      written off
      money laundering
      remains available
      was available
      """
    let phrases = list.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    return Dictionary(grouping: phrases) { $0[0] }
  }()
}

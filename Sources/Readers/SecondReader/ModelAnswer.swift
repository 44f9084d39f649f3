package import Claims
internal import Tables

/// What a language model read, held to what the first reader is held to: the words stand in the text, the amounts stand in
/// the words, the parties are named in the text, and every word is one that a book knows.
package struct ModelReading: Sendable, Equatable, Encodable {
  /// Something the model gave that is not so.
  package struct Refused: Sendable, Equatable, Encodable {
    /// The words it gave as its quote.
    package let quote: String
    /// Why it is no candidate.
    package let reason: String
  }

  /// A claim that both readers found, and what they say otherwise.
  package struct Disagreement: Sendable, Equatable, Encodable {
    /// The words.
    package let span: Span
    /// The cell.
    package let cell: String
    /// What the grammar read.
    @Nullable package var grammar: String?
    /// What the model read.
    @Nullable package var model: String?
  }

  /// The name of the model.
  package let model: String
  /// What passed.
  package internal(set) var claims: [ClaimCandidate] = []
  /// What did not, with why.
  package internal(set) var refused: [Refused] = []
  /// How many claims both found alike.
  package internal(set) var agreed = 0
  /// Where both found a claim and differ.
  package internal(set) var disagreements: [Disagreement] = []
  /// Claims of the model that the grammar has not.
  package internal(set) var onlyModel: [ClaimCandidate] = []
  /// Claims of the grammar that the model has not.
  package internal(set) var onlyGrammar: [ClaimCandidate] = []

  /// The marks by which a candidate of a model is known.
  package static let mark = "read by the model"
}

/// Why an answer of a model is none.
package struct ModelFault: Error, Equatable, CustomStringConvertible {
  /// One sentence.
  package let description: String
}

/// Checks what a model answered about a text.
package struct ModelReader {
  private let text: [UInt8]
  private let reading: DocumentReading
  private let match: BookMatch?
  private var result: ModelReading
  private var ids: [String: String] = [:]

  /// A check of answers about a text.
  ///
  /// - Parameters:
  ///   - model: The name of the model.
  ///   - text: The text that was read.
  ///   - reading: What the grammar read in it.
  ///   - match: The book whose parties and deals are meant.
  package init(model: String, text: [UInt8], beside reading: DocumentReading, _ match: BookMatch?) {
    (self.text, self.reading, self.match) = (text, reading, match)
    result = ModelReading(model: model)
    for party in match?.parties ?? [] {
      for name in party.names { ids[name.lowercased()] = ids[name.lowercased()] ?? party.id }
    }
    for (id, names) in reading.parties.sorted(by: { $0.key < $1.key }) {
      for name in names { ids[name.lowercased()] = id }
    }
  }

  /// Takes in the answer about one piece.
  ///
  /// - Parameters:
  ///   - answer: The bytes that the server sent.
  ///   - start: The first byte of the piece in the text.
  ///   - count: How many it has.
  /// - Throws: ``ModelFault`` where it is no answer.
  package mutating func take(_ answer: [UInt8], from start: Int, count: Int) throws(ModelFault) {
    let content = try Self.content(answer)
    guard case .array(let claims)? = content["claims"] else {
      throw ModelFault(description: "the model's answer has no list of claims")
    }
    for claim in claims { take(claim, start..<min(text.count, start + count)) }
  }

  private static func content(_ answer: [UInt8]) throws(ModelFault) -> JSONValue {
    let reply = try json(answer, "the server's answer")
    guard let choice = reply["choices"]?.elements.first else {
      let told = reply["error"]?["message"]?.text ?? reply["error"]?.text
      throw ModelFault(
        description: "the server's answer has no choices"
          + (told.map { ": \($0.prefix(200))" } ?? "")
      )
    }
    if choice["finish_reason"]?.text == "length" {
      throw ModelFault(description: "the model's answer was cut off: give it a larger context")
    }
    guard let text = choice["message"]?["content"]?.text else {
      throw ModelFault(description: "the server's answer has no content")
    }
    return try json(Array(text.utf8), "the model's answer")
  }

  private static func json(_ bytes: [UInt8], _ what: String) throws(ModelFault) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(bytes)
    } catch {
      throw ModelFault(description: "\(what) is not JSON: \(error)")
    }
  }

  // MARK: One claim

  private mutating func take(_ value: JSONValue, _ piece: Range<Int>) {
    let quote = value["quote"]?.text ?? ""
    do throws(ModelFault) {
      let claim = try candidate(value, quote, piece)
      let isKnown = result.claims.contains { $0.span == claim.span && $0.payee == claim.payee }
      if !isKnown { result.claims.append(claim) }
    } catch {
      result.refused.append(.init(quote: String(quote.prefix(400)), reason: error.description))
    }
  }

  private func candidate(
    _ value: JSONValue,
    _ quote: String,
    _ piece: Range<Int>
  ) throws(ModelFault) -> ClaimCandidate {
    let words = Array(quote.utf8)
    guard !words.isEmpty, words.count <= 2_000,
      let place = text[piece].firstRange(of: words)
    else { throw ModelFault(description: "its words do not stand in the text") }
    let kind = value["kind"]?.text ?? ""
    guard let kind = Deal.Kind(rawValue: kind) else {
      throw ModelFault(description: "\"\(kind.prefix(40))\" is no kind of deal")
    }
    let status = value["status"]?.text ?? ""
    guard let status = Claim.Status(rawValue: status) else {
      throw ModelFault(description: "\"\(status.prefix(40))\" is no status")
    }
    let payer = try party(value["payer"]?.text)
    let payee = try party(value["payee"]?.text)
    guard payer != payee else { throw ModelFault(description: "\(payer) would pay itself") }
    let amount = try amount(value, quote)
    var claim = ClaimCandidate(
      payer: payer,
      payee: payee,
      kind: kind.rawValue,
      status: status.rawValue,
      span: Span(start: place.lowerBound, end: place.upperBound, text: quote),
      because: "\(ModelReading.mark) \(result.model)"
    )
    if let amount {
      (claim.low, claim.high) = (amount.low, amount.high)
      (claim.currency, claim.unit) = (amount.currency, amount.currency)
      claim.level = "headline"
    }
    if let deal = match?.deal(of: claim) { claim.deal = deal.id }
    return claim
  }

  /// The id of a party that the text names.
  private func party(_ name: String?) throws(ModelFault) -> String {
    guard let name, !name.isEmpty, name.utf8.count <= 200 else {
      throw ModelFault(description: "it names one side only")
    }
    guard !text.ranges(of: Array(name.utf8)).isEmpty else {
      throw ModelFault(description: "\"\(name.prefix(60))\" is not named in the text")
    }
    return ids[name.lowercased()] ?? Names.id(name)
  }

  private typealias Money = (low: Bound?, high: Bound?, currency: String)

  /// The amount, where its figures are those of an amount in the words.
  private func amount(_ value: JSONValue, _ quote: String) throws(ModelFault) -> Money? {
    let (low, high) = (value["low"]?.text, value["high"]?.text)
    guard low != nil || high != nil else { return nil }
    let tokens = Tokenizer.tokenize(Array(quote.utf8))
    let read = AmountReader(tokens, tokens.tokens.indices).amounts().filter(\.isMoney)
    let bounds = [low, high].compactMap { text in text.flatMap { StrictDecimal($0) } }
    let figures = read.flatMap { [$0.low, $0.high].compactMap(\.self) }
    guard bounds.count == [low, high].compactMap(\.self).count,
      bounds.allSatisfy({ bound in figures.contains { $0 <= bound && bound <= $0 } })
    else { throw ModelFault(description: "its amount does not stand in its words") }
    guard
      let unit = read.first(where: { $0.low ?? $0.high == bounds.first || $0.high == bounds.last })?
        .unit
    else { throw ModelFault(description: "its amount has no currency in its words") }
    if let told = value["currency"]?.text, told != unit {
      throw ModelFault(description: "its words give \(unit), and not \(told.prefix(8))")
    }
    let bound = { (text: String?) in text.flatMap { StrictDecimal($0) }.map { Bound(value: $0) } }
    return (bound(low), bound(high), unit)
  }

  // MARK: Beside the grammar

  /// What the model read beside what the grammar read.
  ///
  /// - Returns: The claims of the model that passed, and where the two differ.
  package func compared() -> ModelReading {
    var result = result
    var left = reading.claims
    for claim in result.claims {
      guard let place = left.firstIndex(where: { Self.isSame($0, claim) }) else {
        result.onlyModel.append(claim)
        continue
      }
      let other = left.remove(at: place)
      let found = Self.differences(other, claim)
      if found.isEmpty { result.agreed += 1 } else { result.disagreements += found }
    }
    result.onlyGrammar = left
    return result
  }

  /// Whether two claims are of the same words, or of the same two parties in words that meet.
  private static func isSame(_ one: ClaimCandidate, _ other: ClaimCandidate) -> Bool {
    one.span.start < other.span.end && other.span.start < one.span.end
  }

  private static func differences(
    _ grammar: ClaimCandidate,
    _ model: ClaimCandidate
  ) -> [ModelReading.Disagreement] {
    let cells: [(String, (ClaimCandidate) -> String?)] = [
      ("payer", { $0.payer }), ("payee", { $0.payee }), ("kind", { $0.kind }),
      ("status", { $0.status }), ("low", { $0.low?.value.description }),
      ("high", { $0.high?.value.description }), ("currency", { $0.currency }),
    ]
    return cells.compactMap { cell, value in
      guard value(grammar) != value(model) else { return nil }
      return ModelReading.Disagreement(
        span: model.span,
        cell: cell,
        grammar: value(grammar),
        model: value(model)
      )
    }
  }
}

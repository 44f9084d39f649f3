package import Readers

/// A reading in words.
package struct ReadingText {
  private let reading: DocumentReading
  private let file: String

  /// The words of a reading.
  ///
  /// - Parameters:
  ///   - reading: What was read.
  ///   - file: The text's file.
  package init(_ reading: DocumentReading, file: String) {
    (self.reading, self.file) = (reading, file)
  }

  /// Claims, facts, and amounts that are neither.
  package var text: String {
    var lines = [
      "\(file) · \(Figures.count(reading.claims.count, "claim")), \(Figures.count(reading.facts.count, "fact"))",
      "",
    ]
    for claim in reading.claims {
      lines += [CandidateText.line(claim), "    \(quote(claim.span))", "    \(claim.because)", ""]
    }
    for fact in reading.facts {
      lines += [CandidateText.line(fact), "    \(quote(fact.span))", ""]
    }
    if !reading.notClaims.isEmpty {
      lines.append("No deal:")
      lines += reading.notClaims.map { "    \($0.span.text): \($0.because)" }
    }
    return lines.joined(separator: "\n")
  }

  private func quote(_ span: Span) -> String {
    "“\(Self.oneLine(span.text))” [\(span.start)–\(span.end)]"
  }

  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// What a second reader found beside the first, in words.
package struct SecondReadingText {
  private let reading: ModelReading

  /// The words of a reading.
  package init(_ reading: ModelReading) { self.reading = reading }

  /// Where the two agree and differ, and what was refused.
  package var text: String {
    var lines = [
      "",
      "The model \(reading.model): \(Figures.count(reading.claims.count, "claim")), \(reading.agreed) as the grammar has them, "
        + "\(reading.onlyModel.count) of its own, \(reading.refused.count) refused",
    ]
    for other in reading.disagreements {
      lines.append(
        "    differs: \(other.cell) is \(other.grammar ?? "nothing") by the grammar, \(other.model ?? "nothing") by the model: “\(ReadingText.oneLine(other.span.text))”"
      )
    }
    for claim in reading.onlyModel {
      lines.append(
        "    the model's alone: \(CandidateText.line(claim)) “\(ReadingText.oneLine(claim.span.text))”"
      )
    }
    for claim in reading.onlyGrammar {
      lines.append("    the grammar's alone: \(CandidateText.line(claim))")
    }
    for refused in reading.refused {
      lines.append("    refused: \(refused.reason): “\(ReadingText.oneLine(refused.quote))”")
    }
    return lines.joined(separator: "\n")
  }
}

/// What a text says by the grammar, and by a model where one was asked.
package struct BothReadings: Encodable {
  private let grammar: DocumentReading
  private let model: ModelReading?

  /// Both readings, of which the second may be none.
  package init(_ grammar: DocumentReading, _ model: ModelReading?) {
    (self.grammar, self.model) = (grammar, model)
  }

  private enum Key: String, CodingKey { case secondReader = "second_reader" }

  /// Encodes what the grammar read, with the second reading beside its keys.
  package func encode(to encoder: any Encoder) throws {
    try grammar.encode(to: encoder)
    guard let model else { return }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(model, forKey: .secondReader)
  }
}

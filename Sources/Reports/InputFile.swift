package import Claims
package import Payments

/// A file that an answer rests on.
package struct InputFile: Codable, Sendable, Equatable {
  /// What it was named.
  package let file: String
  /// Its SHA-256; there is none of what cannot be read again and was not read whole.
  @Nullable package var sha256: String?
  /// The files that it was packed from, where it is packed.
  package let packedFrom: [PackedFile]?

  private enum CodingKeys: String, CodingKey {
    case file, sha256
    case packedFrom = "packed_from"
  }

  /// A file.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - sha256: Its hash, where that is known; else it is read.
  ///   - files: The files that it was packed from.
  package init(_ path: String, sha256: String? = nil, packedFrom files: [PackedFile] = []) {
    (file, self.sha256) = (path, sha256 ?? FileHash.of(path))
    packedFrom = files.isEmpty ? nil : files
  }

  /// As people are told of it.
  package var words: String { "\(file), SHA-256 \(sha256 ?? "unknown")" }
}

/// An answer beside the files that it rests on: its own keys, and `inputs`; of payments that it adds up also `currency`.
package struct AnswerOfFiles<Answer: Encodable>: Encodable {
  private enum CodingKeys: CodingKey { case inputs, currency }

  private let answer: Answer
  private let inputs: [InputFile]
  private let currency: Nullable<String>?

  /// An answer.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - inputs: The files that give it.
  ///   - currency: The currency of all of its amounts, where it is of payments.
  package init(_ answer: Answer, inputs: [InputFile], currency: Nullable<String>? = nil) {
    (self.answer, self.inputs, self.currency) = (answer, inputs, currency)
  }

  /// Writes the answer, and where there are files those.
  package func encode(to encoder: any Encoder) throws {
    try answer.encode(to: encoder)
    guard !inputs.isEmpty else { return }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(inputs, forKey: .inputs)
    try container.encodeIfPresent(currency, forKey: .currency)
  }
}

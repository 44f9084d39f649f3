internal import Foundation
package import Readers

/// A language model at an OpenAI-compatible address, as a second reader: asked where somebody named it, and never else.
package struct ModelServer {
  private let address: String
  private let model: String
  private let seconds: Int

  /// The most bytes of one answer.
  private static let limit = 4 << 20

  /// A model.
  ///
  /// - Parameters:
  ///   - server: The address, as `http://127.0.0.1:8080`.
  ///   - model: The model's name there.
  ///   - seconds: How long it may take for an answer.
  package init(at server: String, model: String, seconds: Int) {
    var address = server
    while address.hasSuffix("/") { address.removeLast() }
    if !address.hasSuffix("/chat/completions") {
      address += (address.hasSuffix("/v1") ? "" : "/v1") + "/chat/completions"
    }
    (self.address, self.model, self.seconds) = (address, model, seconds)
  }

  /// What the model reads in a text, checked, beside what the grammar read.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - reading: What the grammar read.
  ///   - match: The book whose parties and deals are meant.
  /// - Returns: What passed, and where the two differ.
  /// - Throws: ``ModelUnavailable``.
  package func reading(
    of text: [UInt8],
    beside reading: DocumentReading,
    _ match: BookMatch?
  ) throws(ModelUnavailable) -> ModelReading {
    var reader = ModelReader(model: model, text: text, beside: reading, match)
    for piece in ModelRequest.pieces(of: text) {
      do {
        let answer = try request(ModelRequest.body(model: model, text: piece.bytes)).bytes()
        try reader.take(answer, from: piece.start, count: piece.bytes.count)
      } catch {
        throw ModelUnavailable(address: address, reason: "\(error)")
      }
    }
    return reader.compared()
  }

  private func request(_ body: [UInt8]) -> Curl {
    var curl = Curl(url: address, limit: Self.limit)
    curl.options = ["--header", "Content-Type: application/json"]
    if let key = ProcessInfo.processInfo.environment["OURO_MODEL_KEY"], !key.isEmpty,
      !key.contains(where: \.isNewline)
    {
      curl.options += ["--header", "Authorization: Bearer \(key)"]
    }
    (curl.body, curl.seconds) = (body, seconds)
    return curl
  }
}

/// A model that gave no answer, and why.
package struct ModelUnavailable: Error, CustomStringConvertible {
  let address: String
  let reason: String

  /// One sentence for a person.
  package var description: String {
    "\(address): \(reason); what the grammar read stands above, and without --model nothing else is asked"
  }
}

import ArgumentParser
import Foundation
import Readers

/// A language model as a second reader: off unless somebody names it.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Ask a language model too, at an OpenAI-compatible address as http://127.0.0.1:8080: its candidates are held to the text and marked as its own.",
      valueName: "address"
    )
  )
  var model: String?

  @Option(
    help: ArgumentHelp("The name of the model, where the server has several.", valueName: "name")
  )
  var modelName = "default"

  @Option(help: ArgumentHelp("How long the model may take for an answer.", valueName: "seconds"))
  var modelTimeout = 120

  func validate() throws {
    guard let model else { return }
    guard model.hasPrefix("http://") || model.hasPrefix("https://") else {
      throw ValidationError("--model is an address, as http://127.0.0.1:8080.")
    }
    guard (1...3600).contains(modelTimeout) else {
      throw ValidationError("--model-timeout is from 1 to 3600 seconds.")
    }
  }

  /// The most bytes of one answer.
  private static let limit = 4 << 20

  private var address: String {
    var address = model ?? ""
    while address.hasSuffix("/") { address.removeLast() }
    if address.hasSuffix("/chat/completions") { return address }
    return address + (address.hasSuffix("/v1") ? "" : "/v1") + "/chat/completions"
  }

  /// What the model reads in a text, checked, beside what the grammar read.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - reading: What the grammar read.
  ///   - match: The book whose parties and deals are meant.
  /// - Returns: What passed, and where the two differ; `nil` where no model was named.
  /// - Throws: ``ModelUnavailable``.
  func reading(
    of text: [UInt8],
    beside reading: DocumentReading,
    _ match: BookMatch?
  ) throws(ModelUnavailable) -> ModelReading? {
    guard model != nil else { return nil }
    var reader = ModelReader(model: modelName, text: text, beside: reading, match)
    for piece in ModelRequest.pieces(of: text) {
      var curl = Curl(url: address, limit: Self.limit)
      curl.options = ["--header", "Content-Type: application/json"]
      if let key = ProcessInfo.processInfo.environment["OURO_MODEL_KEY"], !key.isEmpty,
        !key.contains(where: \.isNewline)
      {
        curl.options += ["--header", "Authorization: Bearer \(key)"]
      }
      curl.body = ModelRequest.body(model: modelName, text: piece.bytes)
      curl.seconds = modelTimeout
      do {
        try reader.take(curl.bytes(), from: piece.start, count: piece.bytes.count)
      } catch {
        throw ModelUnavailable(address: address, reason: "\(error)")
      }
    }
    return reader.compared()
  }
}

/// A model that gave no answer, and why.
struct ModelUnavailable: Error, CustomStringConvertible {
  let address: String
  let reason: String

  var description: String {
    "\(address): \(reason); what the grammar read stands above, and without --model nothing else is asked"
  }
}

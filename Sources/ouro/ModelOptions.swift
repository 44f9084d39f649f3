import ArgumentParser
import Inputs

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

  /// The model; `nil` where none was named.
  var server: ModelServer? {
    model.map { ModelServer(at: $0, model: modelName, seconds: modelTimeout) }
  }
}

/// An answer: a value that can be printed, encoded and compared.
package protocol Report: Encodable, Sendable {
  /// The answer for a person, its lines ended.
  ///
  /// - Parameter names: What people call the parties.
  /// - Returns: The text.
  func text(_ names: PartyNames) -> String
}

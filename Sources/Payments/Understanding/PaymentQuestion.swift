/// What a file leaves open: the readings there are, and how each is chosen.
public struct PaymentQuestion: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What is not clear, as a sentence without its end.
  public let matter: String
  /// The readings, each with the option that chooses it.
  public let readings: [String]

  /// Whether what is asked for is a column that the file may not have.
  let isOfColumn: Bool

  init(_ path: String, _ matter: String, _ readings: [String], isOfColumn: Bool = false) {
    (self.path, self.matter, self.readings) = (path, matter, readings)
    self.isOfColumn = isOfColumn
  }

  /// One sentence for a person.
  public var description: String {
    "\(path): \(matter); say which: \(readings.joined(separator: ", or "))"
  }
}

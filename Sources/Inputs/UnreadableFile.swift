/// A file that was not read, which, and why.
package struct UnreadableFile: Error, CustomStringConvertible {
  /// One sentence for a person.
  package let description: String

  /// Notes that a file was not read.
  ///
  /// - Parameters:
  ///   - file: The file, as it was named.
  ///   - reason: What was wrong with it.
  init(_ file: String, _ reason: some Error & CustomStringConvertible) {
    description = "\(file): \(reason.description)"
  }
}

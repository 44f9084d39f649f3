public import Foundation
public import Testing

/// Expects `actual` to be what `Tests/<Module>/Golden/<named>` holds.
///
/// With `UPDATE_GOLDEN=1` in the environment it writes the file instead: review the difference.
///
/// - Parameters:
///   - actual: What the code gave.
///   - named: The name of the golden file.
///   - file: The test's own file, which says whose `Golden` folder is meant.
///   - sourceLocation: Where to report a difference.
/// - Throws: Why the golden file could not be written, or read though it is there.
public func golden(
  _ actual: String,
  named: String,
  file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = goldenFolder(ofTestsIn: file).appending(path: named)
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(actual.utf8).write(to: file)
  } else if let fault = try goldenFault(actual, in: file) {
    Issue.record("\(fault)", sourceLocation: sourceLocation)
  }
}

/// How a text differs from that of a golden file, and what to do; `nil` when it does not.
///
/// - Parameters:
///   - actual: The text that came.
///   - file: The golden file.
/// - Returns: What to tell whoever runs the tests.
/// - Throws: Why the file could not be read though it is there.
public func goldenFault(_ actual: String, in file: URL) throws -> String? {
  let advice = "if the new text is right, run with UPDATE_GOLDEN=1 and review the difference"
  guard FileManager.default.fileExists(atPath: file.path) else {
    return "there is no \(file.path); \(advice)"
  }
  let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  return firstDifference(expected: expected, actual: actual)
    .map { "\(file.lastPathComponent): \($0)\n\(advice)" }
}

/// The first line in which two texts differ, as a person would want to see it; `nil` when none.
///
/// - Parameters:
///   - expected: The text that was wanted.
///   - actual: The text that came.
/// - Returns: The line's number and both forms of it.
public func firstDifference(expected: String, actual: String) -> String? {
  guard !expected.utf8.elementsEqual(actual.utf8) else { return nil }
  let wanted = lines(expected)
  let found = lines(actual)
  let number = zip(wanted, found).prefix { $0.utf8.elementsEqual($1.utf8) }.count
  func shown(_ lines: [String]) -> String {
    number < lines.count ? lines[number].debugDescription : "(the end)"
  }
  return """
    line \(number + 1) differs
      expected: \(shown(wanted))
      actual:   \(shown(found))
    """
}

/// Lines with the newlines they end in, so that a missing last newline is a difference.
private func lines(_ text: String) -> [String] {
  var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  let last = lines.removeLast()
  return lines.map { $0 + "\n" } + (last.isEmpty ? [] : [last])
}

/// The `Golden` folder of the test target that holds `file`, however deep the file lies in it.
private func goldenFolder(ofTestsIn file: String) -> URL {
  let tests = packageRoot.appending(path: "Tests").path + "/"
  let target = file.dropFirst(tests.count).prefix { $0 != "/" }
  return URL(filePath: tests + target + "/Golden")
}

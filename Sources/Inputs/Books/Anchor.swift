package import Books
import Disk
import Foundation

/// A book's head as it was on a day, signed by somebody's key: a few lines of text, and OpenSSH's signature below them.
///
/// Signing and checking are `ssh-keygen`'s: nothing of it is in this program.
package struct Anchor {
  private let entries: Int
  /// The hash of the last entry that was signed.
  package let hash: String
  /// When it was signed.
  package let signed: String
  private var signature = ""

  /// What a signature is for, so that one made for something else does not serve.
  private static let namespace = "ouro-anchor"

  /// The lines that are signed.
  private var text: String { "ouro anchor 1\nentries \(entries)\nhash \(hash)\nsigned \(signed)\n" }

  /// The head of a book at a time, signed by the key in a file.
  ///
  /// - Parameters:
  ///   - head: The head, verified.
  ///   - signed: The time.
  ///   - key: The key's file.
  /// - Throws: ``BookError`` where it cannot be signed.
  package init(_ head: Book.Verification, signed: String, key: String) throws {
    (entries, hash, self.signed) = (head.entries, head.headHash, signed)
    signature = try Self.keygen(["sign", "-n", Self.namespace, "-f", key], text) { words in
      BookError.couldNotWrite(path: key, reason: "ssh-keygen does not sign: \(words)")
    }
  }

  /// Reads one.
  ///
  /// - Parameter path: Its file.
  /// - Throws: ``BookError``.
  package init(reading path: String) throws {
    let whole = String(decoding: try Files.bytes(of: path, atMost: 1 << 16), as: UTF8.self)
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func cell(_ line: Int, _ name: String) -> String? {
      guard lines.count > line, lines[line].hasPrefix("\(name) ") else { return nil }
      return String(lines[line].dropFirst(name.count + 1))
    }
    guard lines.first == "ouro anchor 1", let entries = cell(1, "entries").flatMap({ Int($0) }),
      let hash = cell(2, "hash"), let signed = cell(3, "signed")
    else {
      throw BookError.notABook(path: path, reason: "this is no anchor; `ouro anchor` makes one")
    }
    (self.entries, self.hash, self.signed) = (entries, hash, signed)
    signature = lines.dropFirst(4).joined(separator: "\n")
    guard whole == written else {
      throw BookError.notABook(
        path: path,
        reason: "the anchor holds more than `ouro anchor` writes"
      )
    }
  }

  /// What stands in its file.
  package var written: String { text + signature }

  /// Whose signature it is.
  ///
  /// - Parameter signers: OpenSSH's file of allowed signers; without one, only that the key named has signed it.
  /// - Returns: The signer's name as the file has it, or the key, as `ssh-keygen` words it.
  /// - Throws: ``BookError`` where it is nobody's, or has been changed.
  package func signer(among signers: String?) throws -> String {
    func refusal(_ words: String) -> BookError {
      .refused(
        reason: "the anchor is not signed so: \(words)",
        advice: "have it from whoever signed it, or name the file with their key by --signers"
      )
    }
    return try withFile(signature) { file in
      guard let signers else {
        return try Self.keygen(
          ["check-novalidate", "-n", Self.namespace, "-s", file],
          text,
          refusal
        )
      }
      let name = try Self.keygen(["find-principals", "-s", file, "-f", signers], text, refusal)
      let check = ["verify", "-n", Self.namespace, "-f", signers, "-I", name, "-s", file]
      _ = try Self.keygen(check, text, refusal)
      return name
    }
  }

  private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result
  {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "ouro-\(UUID().uuidString).sig"
    )
    try Files.replace(file.path, with: Array(text.utf8))
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  /// Runs `ssh-keygen -Y`, with a text to read.
  ///
  /// - Returns: What it printed.
  /// - Throws: `refusal` of what it said, where it ends otherwise than well.
  private static func keygen(
    _ arguments: [String],
    _ text: String,
    _ refusal: (String) -> BookError
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["ssh-keygen", "-Y"] + arguments
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
    try process.run()
    // A few lines, that the pipe holds.
    try? input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    try? input.fileHandleForWriting.close()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    let words = String(
      decoding: try errors.fileHandleForReading.readToEnd() ?? Data(),
      as: UTF8.self
    )
    process.waitUntilExit()
    guard process.terminationStatus != 127 else {
      throw refusal("there is no ssh-keygen (Debian: apt-get install openssh-client)")
    }
    guard process.terminationStatus == 0 else {
      throw refusal(words.split(separator: "\n").last.map(String.init) ?? "it says nothing")
    }
    let answer = String(decoding: printed, as: UTF8.self)
    return arguments[0] == "sign"
      ? answer : answer.split(separator: "\n").first.map(String.init) ?? ""
  }
}

public import Foundation

/// What a program left behind: its exit status and all it wrote.
public struct ProgramResult: Sendable, Equatable {
  /// The exit code, or minus the signal that ended it.
  public let status: Int32
  /// All of its standard output.
  public let stdout: String
  /// All of its standard error.
  public let stderr: String
}

/// No `ouro` stands beside the tests.
public struct CommandNotBuilt: Error, CustomStringConvertible {
  /// Where it was looked for.
  public let folders: [String]

  /// What to do.
  public var description: String {
    "no ouro in \(folders.joined(separator: ", ")); run swift build --build-tests"
  }
}

/// Runs the `ouro` that was built along with the tests, or the one that `OURO` names.
///
/// It sees 80 columns, UTC and plain UTF-8 whatever the tester's terminal is like.
///
/// - Parameters:
///   - arguments: The command line after `ouro`.
///   - input: What it reads on standard input.
///   - environment: Variables to add to the tester's, or to change.
///   - folder: The folder it works in: the package's root unless said otherwise.
/// - Returns: How it ended and what it wrote.
/// - Throws: ``CommandNotBuilt``, or why it could not be started.
public func runOuro(
  _ arguments: [String],
  input: String = "",
  environment: [String: String] = [:],
  in folder: URL = packageRoot
) throws -> ProgramResult {
  try runProgram(
    try builtOuro(),
    arguments,
    input: input,
    environment: environment,
    in: folder
  )
}

/// Runs a program to its end.
///
/// Input and output go through files, so that no amount of either can make one wait on the other.
///
/// - Parameters:
///   - program: The file to run.
///   - arguments: The command line after its name.
///   - input: What it reads on standard input.
///   - environment: Variables to add to the tester's, or to change.
///   - folder: The folder it works in.
/// - Returns: How it ended and what it wrote.
/// - Throws: Why it could not be started.
public func runProgram(
  _ program: URL,
  _ arguments: [String],
  input: String = "",
  environment: [String: String] = [:],
  in folder: URL = packageRoot
) throws -> ProgramResult {
  try withTemporaryFolder { files in
    let (stdin, stdout, stderr) = (files / "stdin", files / "stdout", files / "stderr")
    try Data(input.utf8).write(to: stdin)
    try Data().write(to: stdout)
    try Data().write(to: stderr)

    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = steadyEnvironment().merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: stdin)
    process.standardOutput = try FileHandle(forWritingTo: stdout)
    process.standardError = try FileHandle(forWritingTo: stderr)
    try process.run()
    process.waitUntilExit()

    let status = process.terminationStatus
    return ProgramResult(
      status: process.terminationReason == .exit ? status : -status,
      stdout: String(decoding: try Data(contentsOf: stdout), as: UTF8.self),
      stderr: String(decoding: try Data(contentsOf: stderr), as: UTF8.self)
    )
  }
}

/// The tester's environment, less what would change how a command writes.
private func steadyEnvironment() -> [String: String] {
  var environment = ProcessInfo.processInfo.environment
  environment["NO_COLOR"] = nil
  environment["COLUMNS"] = "80"
  environment["TZ"] = "UTC"
  environment["LC_ALL"] = "C.UTF-8"
  return environment
}

/// The program that `OURO` names, or the `ouro` in the folder of the running tests.
///
/// - Returns: The program.
/// - Throws: ``CommandNotBuilt``.
public func builtOuro() throws -> URL {
  if let path = ProcessInfo.processInfo.environment["OURO"] { return URL(filePath: path) }
  let running = [
    Bundle.main.executableURL, CommandLine.arguments.first.map { URL(filePath: $0) },
  ]
  let folders = running.compactMap { $0?.resolvingSymlinksInPath().deletingLastPathComponent() }
  let found = folders.map { $0 / "ouro" }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  guard let found else { throw CommandNotBuilt(folders: folders.map(\.path)) }
  return found
}

extension URL {
  fileprivate static func / (folder: URL, name: String) -> URL { folder.appending(path: name) }
}

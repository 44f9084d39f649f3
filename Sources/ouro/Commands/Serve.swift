import ArgumentParser
import Books
import Dispatch
import Foundation
import Web

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The book in a browser: every figure to be walked, sent and exported.",
    discussion: """
      Answers on this machine alone, to browsers that bring the token of the address it prints on the first line of \
      standard output; each address is good for one browser, and the next is printed on standard error. It reads the \
      book again when the file or the folder changes. Ctrl-C ends it.

      EXAMPLES
        ouro serve Examples/ai-economy
        ouro serve market.ouro --port 8080 --no-open

      EXIT CODES
        0 ended when told to · 64 usage · 65 bad data · 66 no such book · 74 cannot listen there
      """
  )

  @Argument(help: "The book: a file or a folder.", completion: .file()) var book: String
  @Option(help: "The port; 0 for any that is free.") var port = 0
  @Option(
    help: ArgumentHelp(
      "Listen at this address of the machine, for others too who bring the token.",
      valueName: "address"
    )
  )
  var address = "127.0.0.1"
  @Option(
    help: ArgumentHelp(
      "A folder of scenarios that can be run; `scenarios` beside the book where there is one.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var scenarios: String?
  @Flag(help: "Do not open the browser.") var noOpen = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535.") }
  }

  func run() throws {
    let opens = !noOpen
    guard !book.hasSuffix(".ouro") || FileManager.default.fileExists(atPath: book) else {
      let reason = "there is no such file: ouro new \(book) begins a book"
      throw BookError.noSuchInput(path: book, reason: reason)
    }
    let server = try WebServer(
      book: book,
      scenarios: scenarios ?? scenariosBeside,
      address: address,
      port: port,
      program: Bundle.main.executablePath ?? CommandLine.arguments[0],
      version: version,
      now: { ouro.now() },
      onNewAddress: { say("for another browser: \($0)") }
    )
    let ended = DispatchSemaphore(value: 0)
    let result = Outcome()
    Task.detached {
      do {
        try await server.run { address in
          try? show(address)
          if opens { Browser.open(address) }
        }
      } catch {
        result.error = error
      }
      ended.signal()
    }
    ended.wait()
    if let error = result.error {
      throw CannotListen(address: "\(address):\(port)", reason: "\(error)")
    }
  }

  /// The folder beside the book, where there is one.
  private var scenariosBeside: String? {
    let beside = URL(filePath: book).deletingLastPathComponent().appending(path: "scenarios").path
    return isFolder(beside) ? beside : nil
  }

  /// How the server ended; written before the semaphore is signalled, and read after.
  private final class Outcome: @unchecked Sendable {
    var error: (any Error)?
  }
}

/// The server could not listen.
struct CannotListen: Error, CustomStringConvertible {
  let address: String
  let reason: String

  var description: String { "cannot listen at \(address): \(reason)" }
}

/// The browser of whoever runs the command, where there is one.
enum Browser {
  /// Opens an address, in a desktop that says it is one.
  static func open(_ address: String) {
    let environment = ProcessInfo.processInfo.environment
    guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else { return }
    let places = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/xdg-open" }
    guard let opener = places.first(where: FileManager.default.isExecutableFile) else { return }
    let process = Process()
    process.executableURL = URL(filePath: opener)
    process.arguments = [address]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try? process.run()
  }
}

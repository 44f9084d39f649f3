package import Books
internal import Disk
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// A server of one book for browsers on this machine.
package struct WebServer: Sendable {
  /// The most connections at one time.
  private static let mostConnections = 4_096
  /// How long the first page may keep who started the server from its address.
  private static let mostPatience = Duration.milliseconds(200)
  /// How long a connection may be silent.
  private static let silence = TimeAmount.seconds(20)

  private let responder: Responder
  private let address: String
  private let port: Int

  /// Reads the book.
  ///
  /// - Parameters:
  ///   - book: The file or the folder.
  ///   - scenarios: A folder of scenarios that can be run.
  ///   - address: Where to listen: `127.0.0.1`, unless others are to ask too.
  ///   - port: The port; 0 for any that is free.
  ///   - program: The file of the program, which is run apart on what somebody sent.
  ///   - version: The program's version.
  ///   - now: The present time, for what is recorded.
  ///   - onNewAddress: Is given an address for another browser each time one has taken the last.
  /// - Throws: ``BookError``.
  package init(
    book: String,
    scenarios: String? = nil,
    address: String = "127.0.0.1",
    port: Int,
    program: String,
    version: String,
    now: @escaping @Sendable () -> Timestamp,
    onNewAddress: @escaping @Sendable (String) -> Void
  ) throws(BookError) {
    let loopback = ["127.0.0.1", "localhost", "[::1]"]
    let shelf = try Shelf(book)
    let program = ChildProgram(path: program)
    (self.address, self.port) = (address, port)
    responder = Responder(
      guardian: RequestGuard(names: loopback.contains(address) ? loopback : [address] + loopback),
      shelf: shelf,
      house: House(
        version: version,
        path: Files.absolute(book),
        isFolder: shelf.isFolder,
        log: BookLog(Files.absolute(book)),
        scenarios: Scenarios(folder: scenarios),
        program: program,
        statements: Statements(program)
      ),
      assets: Assets(),
      onNewAddress: onNewAddress,
      now: now
    )
  }

  /// Serves until the process is told to end, and then finishes what it is at.
  ///
  /// - Parameter onAddress: Is given the address, with its token, once the server listens and has the first page ready,
  ///   or has not within a moment.
  /// - Throws: Why it cannot listen there.
  package func run(onAddress: @escaping @Sendable (String) -> Void) async throws {
    let responder = responder
    let (moments, moment) = AsyncStream.makeStream(of: Void.self)
    Task {
      await responder.warm()
      moment.yield()
    }
    let application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [TargetForm()],
          idleTimeout: Self.silence,
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10,
            maxHeaderListSize: 32 << 10,
            maxHeaderFieldCount: 100
          )
        )
      ),
      configuration: ApplicationConfiguration(
        address: .hostname(address, port: port),
        backlog: 1_024,
        availableConnectionsDelegate: MaximumAvailableConnections(
          Self.mostConnections,
          logger: Self.silent
        )
      ),
      onServerRunning: { channel in
        responder.guardian.listens(at: channel.localAddress?.port ?? 0)
        Task {
          try? await Task.sleep(for: Self.mostPatience)
          moment.yield()
        }
        for await _ in moments { break }
        onAddress("\(responder.guardian.origin)/?token=\(responder.guardian.sessions.token)")
      },
      logger: Self.silent
    )
    try await application.runService()
    try await responder.door.close()
    try await responder.desk.close()
    try await responder.workshop.close()
    try await responder.house.runs.close()
    responder.house.statements.close()
  }

  /// A log that nobody keeps: what is to be said is said by who runs the server.
  private static var silent: Logger {
    Logger(label: "ouro") { _ in SwiftLogNoOpLogHandler() }
  }
}

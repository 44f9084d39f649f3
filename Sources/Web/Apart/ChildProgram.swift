private import CSpawn

#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// The program itself, run apart on what somebody sent: with limits, so that a fault in a reader ends that run alone.
struct ChildProgram: Sendable {
  /// What a run may take.
  struct Limits: Sendable {
    /// Bytes of address space.
    var memoryBytes: UInt64 = 3 << 30
    /// Seconds, of a processor and of the clock.
    var seconds = 60
    /// Bytes of what it writes to a file.
    var fileBytes: UInt64 = 256 << 20
    /// Bytes of what it prints.
    var outputBytes = 64 << 20
  }

  /// How a run ended.
  enum End: Sendable, Equatable {
    /// By itself, with a code.
    case exit(Int32)
    /// By a fault of its own, or for want of memory or of a processor's time.
    case signal(Int32)
    /// It was ended, since it took too long.
    case tooLong
    /// It was ended, since it printed too much.
    case tooMuch
    /// It could not begin.
    case notBegun
  }

  /// What a run left behind.
  struct Result: Sendable {
    /// How it ended.
    let end: End
    /// What it printed.
    let output: [UInt8]
    /// What it said beside.
    let errors: [UInt8]

    /// What it said beside, as text.
    var words: String { String(decoding: errors, as: UTF8.self) }
  }

  /// The most bytes of what it says beside that are kept.
  private static let mostWords = 256 << 10
  /// What it sees of the machine.
  private static let environment = [
    "PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "NO_COLOR=1", "COLUMNS=100",
  ]

  /// The file of the program.
  let path: String
  /// What a run may take.
  var limits = Limits()

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: The command line after the program's name.
  ///   - folder: Where it works, and where it may put what it needs for a moment.
  /// - Returns: What it left behind.
  func run(_ arguments: [String], in folder: String) -> Result {
    var (output, errors): (Int32, Int32) = (-1, -1)
    let child = Self.withTexts(["ouro"] + arguments) { arguments in
      Self.withTexts(Self.environment + ["TMPDIR=\(folder)"]) { environment in
        var limits = apart_limits(
          memory: limits.memoryBytes,
          seconds: UInt64(limits.seconds),
          file: limits.fileBytes
        )
        return apart_start(path, arguments, environment, folder, &limits, &output, &errors)
      }
    }
    guard child > 0 else { return Result(end: .notBegun, output: [], errors: []) }
    var gathered = Gathered(output, errors)
    let end = gathered.read(until: .now + .seconds(limits.seconds), atMost: limits.outputBytes)
    if end != nil { kill(child, SIGKILL) }
    close(output)
    close(errors)
    let own = Self.end(of: child)
    return Result(end: end ?? own, output: gathered.output, errors: gathered.errors)
  }

  /// Waits for a process that ends.
  private static func end(of child: pid_t) -> End {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
  }

  /// Gives `body` texts as C takes them, with an end.
  private static func withTexts<Value>(
    _ texts: [String],
    _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
  ) -> Value {
    let copies = texts.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    return body(copies)
  }

  /// What is read of two pipes as it comes.
  private struct Gathered {
    var output: [UInt8] = []
    var errors: [UInt8] = []
    private var pipes: [pollfd]

    init(_ output: Int32, _ errors: Int32) {
      pipes = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    /// Reads until both are closed; gives why it stopped before.
    mutating func read(until deadline: ContinuousClock.Instant, atMost most: Int) -> End? {
      while pipes.contains(where: { $0.fd >= 0 }) {
        let left = (deadline - .now).components.seconds
        guard left >= 0 else { return .tooLong }
        guard poll(&pipes, nfds_t(pipes.count), Int32(min(left + 1, 60)) * 1_000) >= 0 else {
          guard errno == EINTR else { return .tooLong }
          continue
        }
        for place in pipes.indices where pipes[place].revents != 0 { take(place) }
        guard output.count <= most else { return .tooMuch }
      }
      return nil
    }

    private mutating func take(_ place: Int) {
      let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = max(0, systemRead(pipes[place].fd, buffer.baseAddress, buffer.count))
      }
      if piece.isEmpty { pipes[place].fd = -1 }
      if place == 0 {
        output += piece
      } else {
        errors += piece.prefix(max(0, ChildProgram.mostWords - errors.count))
      }
    }
  }
}

/// The system's `read`, which a method of ours would hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int)
  -> Int
{
  read(descriptor, buffer, count)
}

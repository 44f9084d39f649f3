internal import Columns
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import ServiceLifecycle

/// How far a run is, told as it goes on: server-sent events, until it is over, the browser leaves, or the server ends.
struct RunEvents: Sendable {
  /// Between two looks at a run.
  private static let pause = Duration.milliseconds(150)

  /// The runs.
  let runs: Runs
  /// The number of the run.
  let number: Int

  /// The number of the run whose events are at a path.
  static func number(of path: String) -> Int? {
    let steps = path.split(separator: "/")
    guard steps.count == 3, steps[0] == "runs", steps[2] == "events" else { return nil }
    return QueryParameter.number(String(steps[1]))
  }

  /// The response, which goes on as long as the run does.
  func response(to request: Request) -> Response {
    var reply = Reply(type: "text/event-stream", "").response(headOnly: true)
    reply.headers[.contentLength] = nil
    reply.body = ResponseBody { writer in
      let isOver = Guarded(false)
      try await withGracefulShutdownHandler {
        try await request.body.consumeWithInboundCloseHandler { _ in
          try await tell(&writer, until: isOver)
        } onInboundClosed: {
          isOver.with { $0 = true }
        }
      } onGracefulShutdown: {
        isOver.with { $0 = true }
      }
      try await writer.finish(nil)
    }
    return reply
  }

  private func tell(
    _ writer: inout any ResponseBodyWriter,
    until isOver: Guarded<Bool>
  ) async throws {
    var last = ""
    while !isOver.with({ $0 }) {
      guard let run = runs[number] else { return }
      let words = RunsView.words(run.state)
      if words != last {
        var share = run.state.isOver ? 100 : 0
        if case .running(let done) = run.state { share = Int(done * 100) }
        let kind = run.state.isOver ? "over" : "progress"
        let told = "\(share) \(words)".split(whereSeparator: \.isNewline).joined(separator: " ")
        try await writer.write(ByteBuffer(string: "event: \(kind)\ndata: \(told)\n\n"))
        last = words
      }
      if run.state.isOver { return }
      try await Task.sleep(for: Self.pause)
    }
  }
}

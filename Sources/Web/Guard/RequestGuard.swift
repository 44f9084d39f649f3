internal import Columns
internal import Hummingbird
internal import HTTPTypes

/// What every request must be before anything of it is looked at: sent to this server by its own name, by a browser
/// that brought the token, and not from another site.
struct RequestGuard: Sendable {
  /// The longest body that a request may have, in bytes.
  static let longestBody = 1 << 20

  /// Who may ask.
  let sessions = Sessions()
  private let names: [String]
  private let port = Guarded(0)

  /// Guards a server.
  ///
  /// - Parameter names: What the server is called in addresses, without its port.
  init(names: [String]) { self.names = names }

  /// Takes the port once the server has it.
  func listens(at port: Int) { self.port.with { $0 = port } }

  /// The address of the server, as `http://127.0.0.1:8080`.
  var origin: String { "http://\(hosts[0])" }

  /// The name of the cookie: of this port, since browsers give a machine's cookies to all its ports.
  var cookieName: String { "ouro-\(port.with { $0 })" }

  private var hosts: [String] {
    let port = port.with { $0 }
    return names.map { port == 80 ? $0 : "\($0):\(port)" }
  }

  /// Checks who a request is for, and where it comes from.
  ///
  /// - Parameter head: What was sent before the body.
  /// - Returns: What it asks for.
  /// - Throws: ``Refusal``.
  func check(_ head: HTTPRequest) throws(Refusal) -> Target {
    guard head.headerFields[values: .hostName].isEmpty else {
      throw Refusal(400, "A request names one host, once.")
    }
    guard let host = head.authority, !host.isEmpty else {
      throw Refusal(400, "A request names the host that it is for.")
    }
    guard hosts.contains(host.lowercased()) else {
      throw Refusal(421, "This server answers to its own address alone, the one that it printed.")
    }
    let target = try Target(head.path ?? "")
    if head.headerFields[values: .transferEncoding].count
      + head.headerFields[values: .contentLength].count > 1
    {
      throw Refusal(400, "A request says once how long it is.")
    }
    return target
  }

  /// Checks that a request is allowed to change something.
  func checkWrite(_ head: HTTPRequest) throws(Refusal) {
    let origins = head.headerFields[values: .origin]
    guard origins.count == 1, hosts.contains(where: { origins[0] == "http://\($0)" }) else {
      throw Refusal(403, "Changes are taken from this server's own pages alone.")
    }
    let site = head.headerFields[values: .fetchSite]
    guard site.allSatisfy({ $0 == "same-origin" }) else {
      throw Refusal(403, "Changes are taken from this server's own pages alone.")
    }
  }

  /// Whether the browser brought the token before.
  func isKnown(_ head: HTTPRequest) -> Bool {
    let pairs = head.headerFields[values: .cookie].flatMap { $0.split(separator: ";") }
    return pairs.contains { pair in
      let sides = pair.drop { $0 == " " }.split(
        separator: "=",
        maxSplits: 1,
        omittingEmptySubsequences: false
      )
      return sides.count == 2 && sides[0] == cookieName && sessions.knows(String(sides[1]))
    }
  }

  /// The cookie for a browser that brings the token.
  func cookie(for token: String) -> String? {
    sessions.exchange(token).map { "\(cookieName)=\($0); Path=/; HttpOnly; SameSite=Strict" }
  }
}

extension HTTPField.Name {
  fileprivate static let fetchSite = HTTPField.Name.made("Sec-Fetch-Site")
  fileprivate static let hostName = HTTPField.Name.made("Host")

  /// A name that is known to be one.
  static func made(_ name: String) -> HTTPField.Name {
    guard let made = HTTPField.Name(name) else { preconditionFailure("\(name) names a header") }
    return made
  }
}

internal import Columns

/// Who may ask: the token of the printed address, good for one exchange, and the cookies given for it.
struct Sessions: Sendable {
  private struct State {
    var token: String
    var cookies: [String] = []
  }

  /// The most browsers at one time; the one that came first is forgotten for one more.
  private static let most = 64

  private let state = Guarded(State(token: Sessions.secret()))

  /// The token that the next browser exchanges for a cookie.
  var token: String { state.with { $0.token } }

  /// Exchanges the token for a cookie, and makes another token.
  ///
  /// - Parameter token: What the browser brings.
  /// - Returns: The value of its cookie; `nil` where the token is none, or was used.
  func exchange(_ token: String) -> String? {
    state.with { state in
      guard Self.isSame(token, state.token) else { return nil }
      let cookie = Self.secret()
      state.token = Self.secret()
      state.cookies.append(cookie)
      if state.cookies.count > Self.most { state.cookies.removeFirst() }
      return cookie
    }
  }

  /// Whether a cookie was given here.
  func knows(_ cookie: String) -> Bool {
    // All are looked at, so that the time it takes tells nothing.
    state.with { $0.cookies.reduce(false) { $0 || Self.isSame(cookie, $1) } }
  }

  /// 128 random bits in hexadecimal.
  private static func secret() -> String {
    (0..<16).map { _ in
      let byte = UInt8.random(in: 0...255)
      return String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

  /// Compares in a time that depends on the lengths alone.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

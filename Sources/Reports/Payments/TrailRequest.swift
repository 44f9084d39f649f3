package import Tracing

/// How money is followed on or traced back through accounts, whichever is asked.
package protocol TrailRequest: Sendable {
  /// The last moment to follow it to.
  var until: Int { get set }
  /// The rules, in the order in which they are told.
  var rules: [TracingRule] { get set }
  /// Whether to tell how far it can have spread, or who can have fed it.
  var tellsPoison: Bool { get set }
  /// What parties are stated to have held at first, in minor units.
  var openings: [Int: Int64] { get set }
}

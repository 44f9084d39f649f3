package import Claims

/// Something that happened on a path.
package struct PathEvent: Sendable, Codable, Equatable {
  /// The month.
  package let month: String
  /// What happened.
  package let words: String
  /// Whose failure it is; `nil` for what is no failure.
  @Nullable package private(set) var failed: String?
  /// Who owed it money that did not come, with cents, the largest first.
  package let links: [Link]

  /// Money that did not come.
  package struct Link: Sendable, Codable, Equatable {
    /// Who did not pay.
    package let from: String
    /// Whom.
    package let to: String
    /// Dollars.
    package let amount: Double
  }
}

package import Columns
internal import Networks

/// Cash of the parties inside in whole cents, and what has crossed the boundary.
///
/// Every payment of a projection goes through one of three verbs, so the books close by
/// construction; ``residual`` is the check that they did.
package final class Accounts {
  /// Cash by party, in cents.
  package let cash: Column<Int64>
  /// Cents that entered from outside since the last ``openMonth()``.
  @exclusivity(unchecked) package private(set) var outsideIn: Int64 = 0
  /// Cents that left to the outside since the last ``openMonth()``.
  @exclusivity(unchecked) package private(set) var outsideOut: Int64 = 0
  private var opening: Int64

  /// Accounts that open with `cash`.
  package init(cash: [Int64]) {
    self.cash = Column(cash)
    opening = cash.reduce(0, &+)
  }

  /// Begins a month: remembers the cash inside, and counts the boundary from nothing.
  package func openMonth() {
    opening = cash.reduce(0, &+)
    (outsideIn, outsideOut) = (0, 0)
  }

  /// Moves cents between two parties inside.
  @inline(__always)
  package func pay(_ payer: Int, _ payee: Int, _ cents: Int64) {
    cash[payer] &-= cents
    cash[payee] &+= cents
  }

  /// Takes cents in from outside.
  @inline(__always)
  package func receive(_ payee: Int, _ cents: Int64) {
    cash[payee] &+= cents
    outsideIn &+= cents
  }

  /// Pays cents to the outside.
  @inline(__always)
  package func spend(_ payer: Int, _ cents: Int64) {
    cash[payer] &-= cents
    outsideOut &+= cents
  }

  /// Change of inside cash less outside money in, plus outside money out: nothing, in books that close.
  package var residual: Int64 { cash.reduce(0, &+) &- opening &- outsideIn &+ outsideOut }
}

internal import Numerics

/// Where the random numbers of one path come from: chance, or the middle of every draw.
///
/// Each draw has a slot of its own, so that runs that differ in one setting share all other chance.
package struct Chance: Sendable {
  private let seed: UInt64
  private let path: UInt64
  /// Whether nothing is left to chance.
  let isMiddle: Bool

  /// The chance of one path of a run.
  package init(seed: UInt64, path: Int) {
    (self.seed, self.path, isMiddle) = (seed, UInt64(path), false)
  }

  private init() { (seed, path, isMiddle) = (0, 0, true) }

  /// The middle of every draw.
  package static let central = Chance()

  /// A number between 0 and 1 for a slot; month 0 is for what holds on the whole path.
  @inline(__always)
  func unit(_ slot: Int, month: Int) -> Double {
    isMiddle ? 0.5 : random(slot, month: month)
  }

  private func random(_ slot: Int, month: Int) -> Double {
    let place = Philox.Key(
      UInt32(truncatingIfNeeded: slot >> 1),
      UInt32(truncatingIfNeeded: month)
    )
    let counter = Philox.Block(lowHalf: place, highHalf: Philox.Key(words: path))
    let block = Philox.block(counter, key: Philox.Key(words: seed))
    let bits = (slot & 1 == 0 ? block.lowHalf : block.highHalf).bits
    return (Double(bits >> 11) + 0.5) * 0x1p-53
  }

  /// A normal number of mean 0 and deviation 1.
  func normal(_ slot: Int, month: Int) -> Double {
    isMiddle ? 0 : NormalQuantile.value(at: unit(slot, month: month))
  }
}

/// Which slot draws what.
struct Slots: Sendable {
  let partyCount: Int
  let streamCount: Int
  let investorCount: Int
  static let figures = Scenario.PartyFigure.allCases.count

  /// A figure of a party, for the whole path; its price of a month under the same number.
  func figure(_ party: Int, _ figure: Scenario.PartyFigure) -> Int {
    let index = Scenario.PartyFigure.allCases.firstIndex(of: figure) ?? 0
    return party * Self.figures + index
  }

  /// A figure of the outside.
  func outside(_ figure: Scenario.OutsideFigure) -> Int {
    let index = Scenario.OutsideFigure.allCases.firstIndex(of: figure) ?? 0
    return partyCount * Self.figures + index
  }

  /// Where the amount of a deal lies in its range.
  func amount(_ stream: Int) -> Int {
    partyCount * Self.figures + Scenario.OutsideFigure.allCases.count + stream
  }

  /// What share of new equity an investor buys.
  func investor(_ index: Int) -> Int { amount(streamCount) + index }

  /// A shock: whether it happens, then how large, then one for each deal it delays.
  func shock(_ index: Int) -> Int { investor(investorCount) + index * (streamCount + 2) }
}

package import Claims
internal import Loops
internal import Networks
internal import Tables

/// How much depends on how few.
package struct ConcentrationReport: MeasureReport {
  /// Whose shares are taken, and how they are told.
  package struct Request: Sendable {
    /// The party whose payers count; `nil` for the receipts of all.
    package var party: String?
    /// Whether it is not who pays the party, but where that money began.
    package var isLookedThrough = false
    /// How many of the largest to list.
    package var top = 10
    /// An amount besides, of holders without a name.
    package var undisclosed: Double?
    /// The most that one holder without a name can have.
    package var atMost = Double.infinity

    /// The receipts of all.
    package init() {}
  }

  /// The index at least and at most, with what has no name.
  package struct Bounds: Encodable, Sendable {
    let low: Double
    let high: Double
  }

  private enum CodingKeys: String, CodingKey {
    case measure, hhi, largest, bounds
    case effectiveNumber = "effective_number"
  }

  private let measure = "concentration"
  /// The Herfindahl–Hirschman index; `nil` where there is nothing to share.
  @Nullable package private(set) var hhi: Double?
  /// How many equal parts are as concentrated.
  @Nullable package private(set) var effectiveNumber: Double?
  /// The largest shares.
  package let largest: [PartyShare]
  /// Only where an undisclosed amount is given.
  package let bounds: Bounds?
  private let whose: String
  private let first: PartyShare?

  /// Measures the network of `source`.
  ///
  /// - Parameters:
  ///   - source: The flows.
  ///   - request: Whose shares.
  /// - Throws: ``NoSuchParty``, ``NetworkError`` and ``MeasureError``.
  package init(of source: FlowSource, _ request: Request) throws {
    let found = try Self.concentration(of: source, request)
    let shares = found.shares.map { PartyShare(id: $0.id, share: $0.share) }
    hhi = found.hhi
    effectiveNumber = found.effectiveNumber
    largest = Array(shares.prefix(request.top))
    first = shares.first
    bounds = request.undisclosed
      .flatMap { found.bounds(undisclosed: $0, atMost: request.atMost) }
      .map { Bounds(low: $0.low, high: $0.high) }
    let party = request.party.map(legible)
    whose =
      party.map { request.isLookedThrough ? "the sources of \($0)" : "the payers of \($0)" }
      ?? "who receives"
  }

  private static func concentration(
    of source: FlowSource,
    _ request: Request
  ) throws -> Concentration {
    let network = try request.isLookedThrough ? source.network() : source.statedNetwork()
    guard let party = request.party else { return Concentration(ofReceiptsIn: network) }
    let node = try network.node(party)
    guard request.isLookedThrough else { return Concentration(ofPayersOf: node, in: network) }
    return Concentration(ofSourcesOf: try Provenance.receipts(of: node, in: network))
  }
}

extension ConcentrationReport {
  /// What the cells of ``line`` are called.
  package static let headings = ["equal parts", "index", "largest", "its share"]

  /// The figures that matter most.
  package var line: [String] {
    [
      Figures.amount(effectiveNumber), Figures.tenths(hhi), first?.id ?? "–",
      Figures.tenths(first?.share),
    ]
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    var lines = [
      "As concentrated over \(whose) as \(Figures.amount(effectiveNumber)) equal parts.",
      "  Herfindahl–Hirschman index   \(Figures.tenths(hhi))",
    ]
    if let bounds {
      lines.append(
        "  with what has no name        \(Figures.tenths(bounds.low)) – \(Figures.tenths(bounds.high))"
      )
    }
    lines.append("")
    lines += TextTable.figures(["", "share"], largest.map { [$0.id, Figures.tenths($0.share)] })
    return lines.joined(separator: "\n") + "\n"
  }
}

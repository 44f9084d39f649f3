public import Loops
public import Networks

/// All measures of a network and what each party lives on, with or without a book behind it.
public struct NetworkPanel: Sendable {
  /// All measures side by side.
  public let measures: EconomyReport.Measures
  /// Parties by what passes through them.
  public let parties: [EconomyReport.PartyLine]

  /// Measures `network`.
  ///
  /// - Parameter network: A network that balances.
  /// - Throws: ``MeasureError`` where a measure cannot be taken.
  public init(of network: FlowNetwork) throws(MeasureError) {
    let panel = try Panel(of: network)
    measures = EconomyReport.Measures(panel)
    parties = EconomyReport.PartyLine.all(
      of: network,
      cycling: panel.cycling,
      provenance: panel.provenance
    )
  }
}

extension EconomyReport.Measures {
  /// A measure with its value in words, and what it means.
  public struct Row: Sendable {
    /// The measure.
    public let name: String
    /// Its value.
    public let value: String
    /// What it means.
    public let meaning: String
    /// Its value where it is a share of one.
    public let share: Double?
  }

  /// All measures as a reader meets them.
  public var rows: [Row] {
    let row = { (name: String, value: Double?, meaning: String) in
      Row(
        name: name,
        value: value.map(Figures.percent) ?? "–",
        meaning: meaning,
        share: value
      )
    }
    let circular = circularShares.sorted { $0.key < $1.key }.map { weighting, value in
      row("circular share, \(weighting)", value, "of net flows; blind to two-way swaps")
    }
    let first = [
      row("closed-loop share", share, "largest circulation over all inside money"),
      row("efficiency", efficiency, "of what could be netted away"),
      row("forwarded share", forwardedShare, "balanced-flow-forwarding"),
      row("Finn cycling index", finn, "of all throughflow, boundary included"),
    ]
    let gain = Figures.decimal(self.gain, digits: 2)
    let last = [
      row("reciprocity", reciprocity, "paid straight back"),
      row("trophic incoherence", incoherence, "1 would be no direction at all"),
      Row(
        name: "loop gain",
        value: gain,
        meaning: "above 1 a push feeds itself",
        share: nil
      ),
    ]
    return first + circular + last
  }
}

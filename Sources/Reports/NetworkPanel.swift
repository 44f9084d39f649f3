package import Loops
package import Networks

/// All measures of a network and what each party lives on, with or without a book behind it.
package struct NetworkPanel: Sendable {
  /// All measures side by side.
  package let measures: EconomyReport.Measures
  /// Parties by what passes through them.
  package let parties: [EconomyReport.PartyLine]

  /// Measures `network`.
  ///
  /// - Parameter network: A network that balances.
  /// - Throws: ``MeasureError`` where a measure cannot be taken.
  package init(of network: FlowNetwork) throws(MeasureError) {
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
  package struct Row: Sendable {
    /// The measure.
    package let name: String
    /// Its value.
    package let value: String
    /// What it means.
    package let meaning: String
    /// Its value where it is a share of one.
    package let share: Double?
  }

  /// All measures as a reader meets them.
  package var rows: [Row] {
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

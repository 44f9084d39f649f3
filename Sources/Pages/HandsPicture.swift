package import Drawing
package import Reports

extension HandsChart {
  /// One finding as hands over time.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - hasList: Whether the payments are listed below; not where a table stands beside it.
  package init(_ finding: FoundHands, hasList: Bool = true) {
    self.init(
      Caption(
        finding.id,
        subtitle: finding.summary,
        note:
          "What can have carried it, not what did. Bars are what a hand held of it; what comes home is coloured."
      ),
      finding.payments.map {
        Payment(
          payer: $0.payer,
          payee: $0.payee,
          seconds: $0.seconds,
          amount: $0.carried,
          time: $0.time,
          words: $0.words
        )
      },
      first: finding.party,
      hasList: hasList
    )
  }
}

package import Claims
package import Drawing
package import Reports

/// Everything a page shows: the reports, the pictures, and the rows of the book behind them.
package struct PageContent: Sendable {
  /// A drawing, as SVG made by the program.
  package struct Picture: Sendable {
    /// A short name, unique on the page.
    package let id: String
    /// What it shows.
    package let title: String
    /// How to read it.
    package let caption: String
    /// The drawing.
    package let svg: String

    /// Takes a drawing.
    package init(id: String, title: String, caption: String, svg: String) {
      (self.id, self.title, self.caption, self.svg) = (id, title, caption, svg)
    }
  }

  /// The answer.
  package let report: EconomyReport
  /// The flows of the footing that the loops are of.
  package let flows: DealsReport
  /// What is promised and still to run.
  package let commitments: DealsReport
  /// The deals that carry no flow.
  package let leftOut: DealsReport
  /// What tellers disagree about.
  package let disputes: DisputeReport
  /// The pictures of the whole, in the order shown.
  package let pictures: [Picture]
  /// A drawing for each loop of the report, or none.
  package let loopPictures: [Picture]
  /// The command that makes this page again.
  package let command: String
  /// The book as seen.
  package let view: View

  /// Gathers a page.
  ///
  /// - Parameters:
  ///   - economy: What the answer rests on.
  ///   - report: The answer, made of it.
  ///   - command: The command that makes this page again.
  ///   - drawings: Its pictures, where they are not to lead within the page.
  ///   - drawsLoops: Whether each loop has a drawing.
  /// - Throws: ``FlowDiagramError``, which a network of a ledger does not give.
  package init(
    _ economy: Economy,
    report: EconomyReport,
    command: String,
    drawings: PagePictures? = nil,
    drawsLoops: Bool = true
  ) throws(FlowDiagramError) {
    let drawings = drawings ?? PagePictures(economy, report)
    pictures = try drawings.all
    loopPictures = drawsLoops ? try drawings.loops() : []
    flows = DealsReport(flowsOf: economy.asked)
    commitments = DealsReport(flowsOf: economy.promised)
    leftOut = DealsReport(leftOutOf: economy.asked)
    disputes = DisputeReport(economy.view)
    (self.report, self.view, self.command) = (report, economy.view, command)
  }
}

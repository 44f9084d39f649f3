public import Claims
public import Drawing
public import Reports

/// Everything a page shows: the reports, the pictures, and the rows of the book behind them.
public struct PageContent: Sendable {
  /// A drawing, as SVG made by the program.
  public struct Picture: Sendable {
    /// A short name, unique on the page.
    public let id: String
    /// What it shows.
    public let title: String
    /// How to read it.
    public let caption: String
    /// The drawing.
    public let svg: String

    /// Takes a drawing.
    public init(id: String, title: String, caption: String, svg: String) {
      (self.id, self.title, self.caption, self.svg) = (id, title, caption, svg)
    }
  }

  /// The answer.
  public let report: EconomyReport
  /// The flows of the footing that the loops are of.
  public let flows: DealsReport
  /// What is promised and still to run.
  public let commitments: DealsReport
  /// The deals that carry no flow.
  public let leftOut: DealsReport
  /// What tellers disagree about.
  public let disputes: DisputeReport
  /// The pictures of the whole, in the order shown.
  public let pictures: [Picture]
  /// A drawing for each loop of the report, or none.
  public let loopPictures: [Picture]
  /// The command that makes this page again.
  public let command: String
  /// The book as seen.
  public let view: View

  /// Gathers a page.
  ///
  /// - Parameters:
  ///   - economy: What the answer rests on.
  ///   - report: The answer, made of it.
  ///   - command: The command that makes this page again.
  /// - Throws: ``FlowDiagramError``, which a network of a ledger does not give.
  public init(
    _ economy: Economy,
    report: EconomyReport,
    command: String
  ) throws(FlowDiagramError) {
    let drawings = PagePictures(economy, report)
    pictures = try drawings.all
    loopPictures = try drawings.loops()
    flows = DealsReport(flowsOf: economy.asked)
    commitments = DealsReport(flowsOf: economy.promised)
    leftOut = DealsReport(leftOutOf: economy.asked)
    disputes = DisputeReport(economy.view)
    (self.report, self.view, self.command) = (report, economy.view, command)
  }
}

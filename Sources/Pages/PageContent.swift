public import Claims
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
  public init(
    report: EconomyReport,
    flows: DealsReport,
    commitments: DealsReport,
    leftOut: DealsReport,
    disputes: DisputeReport,
    pictures: [Picture],
    loopPictures: [Picture],
    command: String,
    view: View
  ) {
    (self.report, self.flows, self.commitments) = (report, flows, commitments)
    (self.leftOut, self.disputes) = (leftOut, disputes)
    (self.pictures, self.loopPictures) = (pictures, loopPictures)
    (self.command, self.view) = (command, view)
  }
}

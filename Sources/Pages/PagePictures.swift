package import Drawing
internal import Networks
package import Reports

/// The drawings that a page shows.
package struct PagePictures: Sendable {
  private let report: EconomyReport
  private let economy: Economy
  private let links: FlowPictures.Links
  private let hasStyle: Bool

  /// Draws what an answer rests on: the flows of its loops, and what is promised and still to run.
  ///
  /// - Parameters:
  ///   - economy: What the answer rests on.
  ///   - report: The answer.
  ///   - links: Where marks lead; within the page where nothing else is said.
  ///   - hasStyle: Whether each drawing carries its style sheet; `false` where the page does.
  package init(
    _ economy: Economy,
    _ report: EconomyReport,
    links: FlowPictures.Links? = nil,
    hasStyle: Bool = true
  ) {
    (self.economy, self.report, self.hasStyle) = (economy, report, hasStyle)
    self.links = links ?? .withinPage(parties: report.parties.map(\.id))
  }

  /// The drawings of the whole, in the order shown.
  package var all: [PageContent.Picture] {
    get throws(FlowDiagramError) {
      let reading =
        "Widths are dollars, to the scale in the picture. What turns back to an earlier payer runs "
        + "around. Hatched flows are filled in from totals or rest on an assumption."
      return [
        try sankey(economy.asked, id: "flows", title: "Who pays whom", caption: reading),
        try sankey(
          economy.promised,
          id: "promised",
          title: "Promised and still to run",
          caption:
            "What contracts and plans still leave to be paid on the day, whenever it falls due."
        ),
        chart(
          ChartPictures.provenance(
            of: report.paidFromInside,
            top: 12,
            subtitle: "\(report.header.period), followed back to outside money",
            view: economy.view,
            amount: { Figures.dollars($0) },
            links: links
          ).picture,
          id: "provenance",
          title: "Whose money each lives on",
          caption:
            "Each bar is what a party takes in, cut by where the money started; the thin bar "
            + "below says through whom it came."
        ),
        chart(
          ChartPictures.panel(
            of: report.measures,
            footings: report.footings.filter { !report.isWithheld($0) },
            subtitle: report.header.period
          ).picture,
          id: "panel",
          title: "All measures side by side",
          caption:
            "The same network can be little closed by one measure and much by another."
        ),
        chart(
          ChartPictures.swings(of: report, PartyNames(economy.view), links: links).picture,
          id: "swing-ranges",
          title: "What moves the closed-loop share",
          caption:
            "Each bar moves one open question between its readings and the ends of its range."
        ),
        chart(
          ChartPictures.timeline(of: economy.view, top: 28, links: links).picture,
          id: "timeline",
          title: "Deals over time",
          caption:
            "Bars run over the terms, split where tellers disagree; marks are what was said, "
            + "on the day it was reported."
        ),
      ]
    }
  }

  private func chart(
    _ draw: (ChartOptions) -> Picture,
    id: String,
    title: String,
    caption: String
  ) -> PageContent.Picture {
    PageContent.Picture(
      id: id,
      title: title,
      caption: caption,
      svg: draw(ChartOptions(id: "drawing-\(id)", width: 1_040, hasStyle: hasStyle)).svg
    )
  }

  private func sankey(
    _ footing: Footing,
    id: String,
    title: String,
    caption: String
  ) throws(FlowDiagramError) -> PageContent.Picture {
    let diagram = try FlowPictures(footing, links: links).diagram(title: title)
    return PageContent.Picture(
      id: id,
      title: title,
      caption: caption,
      svg: diagram.sankey(options(id)).svg
    )
  }

  /// A small drawing for each loop of the report.
  package func loops() throws(FlowDiagramError) -> [PageContent.Picture] {
    var pictures: [PageContent.Picture] = []
    for (index, loop) in report.loops.enumerated() {
      let title = "Loop \(index + 1)"
      let diagram = try FlowPictures(economy.asked, links: links).diagram(of: loop, title: title)
      var options = options("loop-\(index + 1)")
      (options.width, options.height, options.hasTitle) = (640, 200, false)
      pictures.append(
        PageContent.Picture(
          id: "loop-\(index + 1)",
          title: title,
          caption: "The least amount on the way is what can be said to go round.",
          svg: diagram.sankey(options).svg
        )
      )
    }
    return pictures
  }

  private func options(_ id: String) -> FlowOptions {
    var options = FlowOptions(id: "drawing-\(id)") { Figures.dollars($0) }
    options.hasStyle = hasStyle
    return options
  }
}

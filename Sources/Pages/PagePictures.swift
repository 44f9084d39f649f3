public import Drawing
public import Reports

/// The drawings that a page shows.
public struct PagePictures: Sendable {
  private let footing: Footing
  private let promised: Footing
  private let links: FlowPictures.Links

  /// Draws the flows of the loops' footing, and what is promised and still to run; the page lists
  /// `parties`.
  public init(_ footing: Footing, _ promised: Footing, parties: [String]) {
    (self.footing, self.promised) = (footing, promised)
    links = .withinPage(parties: parties)
  }

  /// The drawings of the whole, in the order shown.
  public var all: [PageContent.Picture] {
    get throws(FlowDiagramError) {
      let reading =
        "Widths are dollars, to the scale in the picture. What turns back to an earlier payer runs "
        + "around. Hatched flows are filled in from totals or rest on an assumption."
      return [
        try sankey(footing, id: "flows", title: "Who pays whom", caption: reading),
        try sankey(
          promised,
          id: "promised",
          title: "Promised and still to run",
          caption:
            "What contracts and plans still leave to be paid on the day, whenever it falls due."
        ),
      ]
    }
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
      svg: diagram.sankey(Self.options(id)).svg
    )
  }

  /// A small drawing for each loop of a report.
  public func loops(of report: EconomyReport) throws(FlowDiagramError) -> [PageContent.Picture] {
    var pictures: [PageContent.Picture] = []
    for (index, loop) in report.loops.enumerated() {
      let title = "Loop \(index + 1)"
      let diagram = try FlowPictures(footing, links: links).diagram(of: loop, title: title)
      var options = Self.options("loop-\(index + 1)")
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

  private static func options(_ id: String) -> FlowOptions {
    FlowOptions(id: "drawing-\(id)") { Figures.dollars($0 * 100) }
  }
}

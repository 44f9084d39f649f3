import ArgumentParser
import Books
import Claims
import Disk
import Drawing
import Pages
import Projection
import Reports

/// Where pictures of a projection go: into one page, or into a file each.
struct PageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Also write the answer as a page, index.html.", valueName: "folder"),
    completion: .directory
  )
  var html: String?

  @Option(
    help: ArgumentHelp("Also write its pictures, a file each.", valueName: "folder"),
    completion: .directory
  )
  var svg: String?

  var isAsked: Bool { html != nil || svg != nil }

  /// The command as it was given, for the foot of the page.
  static var command: String { CommandLine.arguments.dropFirst().reduce("ouro") { "\($0) \($1)" } }

  /// Writes what was asked for of a run.
  func write(_ run: RunFile, _ view: View) throws {
    guard isAsked else { return }
    let names = PartyNames(view)
    let pictures = try ProjectionPictures(names, subtitle: run.subtitle).all(of: run)
    try write(pictures) {
      ProjectionPage(run, names, pictures, command: Self.command).document
    }
  }

  /// Writes pictures, and the page they stand on.
  func write(_ pictures: [PageContent.Picture], page: () -> String) throws {
    if let html {
      try Files.makeFolder(html)
      try Files.replace("\(html)/index.html", with: Array(page().utf8))
      say("the page is \(html)/index.html")
    }
    guard let svg else { return }
    try Files.makeFolder(svg)
    for picture in pictures {
      try Files.replace("\(svg)/\(picture.id).svg", with: Array(picture.svg.utf8))
    }
    say("\(Figures.count(pictures.count, "picture")) in \(svg)")
  }
}

extension RunFile {
  /// What stands under the title of its pictures.
  var subtitle: String {
    "\(parameters.name) · \(parameters.paths) paths · as known on \(parameters.asOf)"
  }
}

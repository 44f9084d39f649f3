import ArgumentParser
import Disk
import Pages
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

  /// Writes a page, or the pictures on it.
  func write(_ page: ProjectionPage) throws {
    if let html { try writePage(page.document, in: html) }
    guard let svg else { return }
    try Files.makeFolder(svg)
    for picture in page.pictures {
      try Files.replace("\(svg)/\(picture.id).svg", with: Array(picture.svg.utf8))
    }
    say("\(Figures.count(page.pictures.count, "picture")) in \(svg)")
  }
}

/// Writes a page, index.html, and says where it is.
func writePage(_ document: String, in folder: String) throws {
  try Files.makeFolder(folder)
  try Files.replace("\(folder)/index.html", with: Array(document.utf8))
  say("the page is \(folder)/index.html")
}

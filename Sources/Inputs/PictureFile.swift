internal import Disk
internal import Foundation

/// A file of a drawing: SVG as it is, PNG and PDF by way of librsvg's `rsvg-convert`.
package struct PictureFile {
  private let path: String
  /// What `rsvg-convert` is told; nothing of SVG.
  private let conversion: [String]

  /// A file in the format that its ending names; `nil` of another than `.svg`, `.png` and `.pdf`.
  package init?(_ path: String) {
    let formats = [
      (".svg", []), (".png", ["--format=png", "--zoom=2"]), (".pdf", ["--format=pdf"]),
    ]
    guard let format = formats.first(where: { path.hasSuffix($0.0) }) else { return nil }
    (self.path, conversion) = (path, format.1)
  }

  /// Writes a drawing.
  ///
  /// - Parameter svg: The drawing.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  package func write(_ svg: String) throws {
    guard !conversion.isEmpty else { return try Files.replace(path, with: Array(svg.utf8)) }
    let folder = FileManager.default.temporaryDirectory
    let source = folder.appending(path: "ouro-\(UUID().uuidString).svg")
    try Files.replace(source.path, with: Array(svg.utf8))
    defer { try? FileManager.default.removeItem(at: source) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["rsvg-convert"] + conversion + [source.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let picture = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    switch process.terminationStatus {
    case 0: try Files.replace(path, with: Array(picture))
    case 127:
      throw FileError.couldNotWrite(
        path: path,
        reason:
          "rsvg-convert is not installed (Debian: apt-get install librsvg2-bin); SVG needs nothing"
      )
    default: throw FileError.couldNotWrite(path: path, reason: "rsvg-convert failed, see above")
    }
  }
}

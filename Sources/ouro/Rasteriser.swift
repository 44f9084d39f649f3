import ArgumentParser
import Books
import Disk
import Foundation

/// Writes drawings: SVG as it is, PNG and PDF by way of librsvg's `rsvg-convert`.
enum Rasteriser {
  /// Writes `svg` in the format that the ending of `path` names.
  ///
  /// - Parameters:
  ///   - svg: A drawing.
  ///   - path: `FILE.svg`, `FILE.png`, `FILE.pdf`, or `-` for SVG on standard output.
  /// - Throws: `ValidationError` for another ending, and ``FileError/couldNotWrite(path:reason:)``.
  static func write(_ svg: String, to path: String) throws {
    switch path {
    case "-": try show(data: Array("\(svg)\n".utf8))
    case _ where path.hasSuffix(".svg"): try Files.replace(path, with: Array(svg.utf8))
    case _ where path.hasSuffix(".png"): try convert(svg, ["--format=png", "--zoom=2"], to: path)
    case _ where path.hasSuffix(".pdf"): try convert(svg, ["--format=pdf"], to: path)
    default: throw ValidationError("\(path) should end in .svg, .png or .pdf.")
    }
    if path != "-" { say("wrote \(path)") }
  }

  private static func convert(_ svg: String, _ options: [String], to path: String) throws {
    let folder = FileManager.default.temporaryDirectory
    let source = folder.appending(path: "ouro-\(UUID().uuidString).svg")
    try Files.replace(source.path, with: Array(svg.utf8))
    defer { try? FileManager.default.removeItem(at: source) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["rsvg-convert"] + options + [source.path]
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

internal import Drawing

/// The files that pages need, held in the program: its style, its script, its icon.
struct Assets: Sendable {
  private let replies: [String: Reply]

  init() {
    replies = [
      "/style.css": Reply(
        type: "text/css; charset=utf-8",
        bytes: PackageResources.style_css + Array(Theme.styleSheet.utf8)
      ),
      "/app.js": Reply(type: "text/javascript; charset=utf-8", bytes: PackageResources.app_js),
      "/icon.svg": Reply(type: "image/svg+xml", bytes: PackageResources.icon_svg),
    ]
  }

  /// The file of a path.
  subscript(path: String) -> Reply? { replies[path] }
}

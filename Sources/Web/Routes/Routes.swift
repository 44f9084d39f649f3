/// Every place that the server answers at.
enum Routes {
  /// All of them; no path is of two.
  static let all: [Route] = PageRoutes.all + AnswerRoutes.all + ExportRoutes.all

  /// The route of a path, with what stands in it for an id.
  static func route(of path: String) -> (route: Route, id: String)? {
    for route in all {
      if let id = route.matches(path) { return (route, id) }
    }
    return nil
  }
}

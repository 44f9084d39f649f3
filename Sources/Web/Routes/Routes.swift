/// Every place that the server answers at.
enum Routes {
  /// All of them, those with an ending before those that would take it for a part of an id.
  static let all: [Route] =
    ExportRoutes.all + PageRoutes.all + AnswerRoutes.all + PaymentRoutes.all
    + RunRoutes.all

  /// The route of a path, with what stands in it for an id.
  static func route(of path: String) -> (route: Route, id: String)? {
    for route in all {
      if let id = route.matches(path) { return (route, id) }
    }
    return nil
  }
}

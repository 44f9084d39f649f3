/// Why a request is not answered: a status, and words of ours alone, which repeat nothing that was sent.
struct Refusal: Error, Equatable {
  /// The status.
  let status: Int
  /// What is wrong, and what to do.
  let words: String
  /// The methods that would do, where the method is what is wrong.
  let allowed: [String]

  init(_ status: Int, _ words: String, allowed: [String] = []) {
    (self.status, self.words, self.allowed) = (status, words, allowed)
  }

  static let notFound = Refusal(404, "There is no such view. The bar above leads to all there are.")
  static let busy = Refusal(503, "Too many questions are being worked on; try again in a moment.")

  /// What the status is called.
  var title: String {
    switch status {
    case 400: "That address cannot be read"
    case 401: "This browser is not known here"
    case 403: "Not from there"
    case 404: "Not here"
    case 405: "Not that way"
    case 408: "Too slow"
    case 411: "How long?"
    case 413: "Too much at once"
    case 414: "That address is too long"
    case 415: "Not of that kind"
    case 422: "That question has no answer"
    case 431: "Too many headers"
    case 503: "Busy"
    default: "Something went wrong"
    }
  }
}

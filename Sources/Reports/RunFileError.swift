/// Why files could not be joined.
package enum RunFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The parts are of different runs; what differs.
  case otherRun(String)
  /// Some paths are in both.
  case twice(from: Int, until: Int)
  /// What the parts count adds up to more than a number can hold.
  case tooMuch
  /// Paths that no part holds.
  case incomplete(from: Int, until: Int)
  /// The file is no run.
  case notARun(path: String, reason: String)
  /// The file is a run that another version of the program wrote.
  case otherFormat(path: String, format: String)
  /// The book or the scenario changed since.
  case changed(path: String)
  /// Running again came to something else.
  case differs(path: String)

  /// One sentence for a person.
  package var description: String {
    switch self {
    case .otherRun(let difference):
      "the parts are of different runs: they differ in \(difference); join parts of one run"
    case .twice(let from, let until):
      "paths \(from) to \(until - 1) are in two parts; name each part once"
    case .tooMuch:
      "what the parts count adds up to more than a number can hold; run them anew with ouro project"
    case .incomplete(let from, let until):
      "paths \(from) to \(until - 1) are in no part; run the missing shard, then merge all"
    case .notARun(let path, let reason):
      "\(path) is no run of ouro project: \(reason); name a file that -o wrote"
    case .otherFormat(let path, let format):
      "\(path) is of another version of ouro (\(format)), and this one reads \(RunFile.format); "
        + "run it again with ouro project"
    case .changed(let path):
      "\(path) was run on another book, view or scenario than the present ones; "
        + "run it anew with ouro project"
    case .differs(let path):
      "\(path) does not come out again: the file was changed, or this is another machine; "
        + "please report it"
    }
  }
}

extension RunFileError {
  /// The format of a run that cannot be read.
  struct Format: Error {
    let name: String
    /// Whether it is that of a run at all.
    var isOfRun: Bool { name.hasPrefix("ouroboros run ") }
  }

  /// Why the file at `path` could not be decoded as a run.
  ///
  /// - Parameters:
  ///   - error: What the decoder says.
  ///   - path: The file.
  package init(_ error: DecodingError, path: String) {
    if case .dataCorrupted(let context) = error, let format = context.underlyingError as? Format,
      format.isOfRun
    {
      self = .otherFormat(path: path, format: format.name)
    } else {
      self = .notARun(path: path, reason: Self.reason(error))
    }
  }

  static func reason(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context, else: "it")) has no \(key.stringValue)"
    case .typeMismatch(_, let context): "\(place(context, else: "it")) is of another kind"
    case .valueNotFound(_, let context): "\(place(context, else: "it")) is null"
    case .dataCorrupted(let context):
      (place(context, else: "") + " " + context.debugDescription).drop { $0 == " " }.description
    @unknown default: "it cannot be read"
    }
  }

  /// Where an error is, as `done[1].until`.
  private static func place(_ context: DecodingError.Context, else whole: String) -> String {
    let steps = context.codingPath.map { key in
      key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
    }
    return steps.isEmpty ? whole : String(steps.joined().drop { $0 == "." })
  }
}

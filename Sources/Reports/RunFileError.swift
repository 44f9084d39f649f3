/// Why files could not be joined.
public enum RunFileError: Error, Equatable, Sendable, CustomStringConvertible {
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
  /// The book or the scenario changed since.
  case changed(path: String)
  /// Running again came to something else.
  case differs(path: String)

  /// One sentence for a person.
  public var description: String {
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
    case .changed(let path):
      "\(path) was run on another book, view or scenario than the present ones; "
        + "run it anew with ouro project"
    case .differs(let path):
      "\(path) does not come out again: the file was changed, or this is another machine; "
        + "please report it"
    }
  }
}

internal import Disk
public import Tables

/// Why payments could not be read or written.
public enum PaymentError: Error, Equatable, CustomStringConvertible {
  /// There is no such file, or it cannot be read.
  case noSuchInput(path: String, reason: String)
  /// The header is broken.
  case badTable(TableError)
  /// The file is compressed and damaged, or has too many rows, or is not what it says it is.
  case unreadable(path: String, reason: String)
  /// The file can be read in several ways, and nothing in it decides.
  case question(PaymentQuestion)
  /// The system would not write.
  case couldNotWrite(path: String, reason: String)

  /// The same trouble with a file.
  init(_ error: FileError) {
    switch error {
    case .noSuchInput(let path, let reason): self = .noSuchInput(path: path, reason: reason)
    case .couldNotWrite(let path, let reason): self = .couldNotWrite(path: path, reason: reason)
    }
  }

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .noSuchInput(let path, let reason), .unreadable(let path, let reason): "\(path): \(reason)"
    case .badTable(let error): error.description
    case .question(let question): question.description
    case .couldNotWrite(let path, let reason): "\(path): could not write: \(reason)"
    }
  }
}

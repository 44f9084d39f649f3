import ArgumentParser
import Disk
import Foundation
import Loops
import Payments
import Reports

/// Which slice of the payments is searched, and where what it comes to is written.
struct SliceOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "Write what this slice comes to, for ouro merge, to this file.",
    completion: .file()
  )
  var output: String?

  @Option(
    help: ArgumentHelp(
      "With -o: one of some slices of time with about as many payments each, as 2/8.",
      valueName: "part/parts"
    )
  )
  var shard: ShardArgument?

  @Flag(help: "With -o: keep every loop in the file, so that ouro merge can list them.")
  var keepLoops = false

  @Option(
    help: """
      With -o, for engines that cut a table by time: the payments are a piece of more, with their lines there in a \
      first column named line; this file says of what (docs/scale.md).
      """,
    completion: .file()
  )
  var pieceOf: String?

  var isAsked: Bool { output != nil || shard != nil || keepLoops || pieceOf != nil }
}

extension Scan {
  /// Refuses options that do not go with a slice.
  func validateSlice() throws {
    guard slice.isAsked else { return }
    guard slice.output != nil else {
      throw ValidationError("--shard, --keep-loops and --piece-of need a file: -o FILE")
    }
    guard !(split || patterns) else {
      throw ValidationError(
        "-o is about loops of single payments: what --split and --patterns tell is of the whole file"
      )
    }
    guard list == nil, !json, !tables.isAsked else {
      throw ValidationError(
        "--json, --list, --xlsx and --csv tell of a whole scan; merge the slices first"
      )
    }
    let isCut = rootsFrom != nil && rootsUntil != nil
    guard slice.shard == nil || (rootsFrom == nil && rootsUntil == nil && slice.pieceOf == nil)
    else {
      throw ValidationError(
        "--shard cuts time itself; leave out --roots-from, --roots-until and --piece-of"
      )
    }
    guard slice.pieceOf == nil || (isCut && input.payments.count == 1) else {
      throw ValidationError("--piece-of needs one input, --roots-from and --roots-until")
    }
  }

  /// Finds the loops that begin in a slice of time and writes them as a part of a scan.
  func runSlice(to output: String) throws {
    let known = try known()
    let (payments, whole) = try sliced()
    let request = try request(payments, known, knowsOnlyDays: whole.searched.daysOnly)
    let span =
      slice.shard.map { payments.span(part: $0.part, of: $0.parts) }
      ?? whole.searched.span(from: rootsFrom?.seconds, until: rootsUntil?.seconds)
    let parameters = ScanPart.Parameters(
      request,
      of: whole.searched,
      inputs: whole.inputs,
      version: version,
      keepsLoops: slice.keepLoops
    )
    let part = try write(output) { progress, consume in
      ScanPart(
        of: payments,
        in: span,
        request,
        parameters,
        each: slice.keepLoops ? { consume($0, payments) } : nil,
        progress: progress
      )
    }
    say(part.words)
    guard !part.isComplete else { return }
    say("INCOMPLETE: the search was stopped; ouro merge will refuse this part")
  }

  /// The payments of the slice, and what they are a slice of.
  private func sliced() throws -> (Payments, ScanPart.Whole) {
    guard let path = slice.pieceOf else {
      let payments = try input.read()
      let searched = SearchedPayments(payments, rates: try input.options.readRates())
      return (payments, ScanPart.Whole(searched: searched, inputs: inputs(payments)))
    }
    let whole: ScanPart.Whole
    do {
      whole = try JSONDecoder().decode(ScanPart.Whole.self, from: Data(Files.bytes(of: path)))
    } catch let error as DecodingError {
      throw ScanPartError(error, whole: path)
    }
    let piece = input.payments[0]
    let text = try Files.bytes(of: piece)
    let payments = try input.options.read(piece, text: text).standing(in: text, file: piece)
    return (payments, whole)
  }

  /// Writes a part while `search` finds it.
  private func write(
    _ path: String,
    _ search: (@escaping @Sendable (Double) -> Void, @escaping (_ loop: [Int], Payments) -> Bool)
      -> ScanPart
  ) throws -> ScanPart {
    let file = try NewFile(path)
    var writing = ScanPartWriting()
    try file.write(writing.begin())
    let progress = Progress()
    defer { progress.end() }
    var rows: LoopListing?
    var failure: FileError?
    func flush() {
      guard failure == nil, let bytes = rows?.drain() else { return }
      do throws(FileError) {
        try file.write(writing.took(bytes))
      } catch {
        failure = error
      }
    }
    let part = withoutActuallyEscaping(flush) { flush in
      search({ progress.show($0) }) { loop, payments in
        if rows == nil { rows = LoopListing(payments, .jsonl) }
        rows?.add(loop)
        if rows?.pending ?? 0 >= 1_000 { flush() }
        return failure == nil
      }
    }
    flush()
    if let failure { throw failure }
    try file.write(writing.end(part))
    try file.end()
    return part
  }
}

import ArgumentParser
import Inputs
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
    let progress = Progress()
    defer { progress.end() }
    let part = try ScanPartStore.write(output) { consume in
      ScanPart(
        of: payments,
        in: span,
        request,
        parameters,
        each: slice.keepLoops ? { consume($0, payments) } : nil,
        progress: { progress.show($0) }
      )
    }
    say(part.words)
    guard !part.isComplete else { return }
    say("INCOMPLETE: the search was stopped; ouro merge will refuse this part")
  }

  /// The payments of the slice, and what they are a slice of.
  private func sliced() throws -> (payments: Payments, whole: ScanPart.Whole) {
    if let path = slice.pieceOf {
      return try ScanPartStore.piece(input.payments[0], of: path, input.files)
    }
    let payments = try input.read()
    let searched = SearchedPayments(payments, rates: try input.files.readRates())
    return (payments, ScanPart.Whole(searched: searched, inputs: inputs(payments)))
  }
}

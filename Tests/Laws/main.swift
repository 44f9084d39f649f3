import Books
import Claims
import Foundation
import TestKit

// Tries every law on a book folder, each of its rows taken out in turn, or on small random books from SEED on:
//
//     laws BOOK [POLICY] [EVERY]      every row, or each EVERYth
//     laws random N [SEED]
//     laws show SEED                  prints a random book
//
// Prints each breach as it is found, and how many there are; ends with 65 where there is one.

/// Prints a line at once.
@Sendable func say(_ line: some CustomStringConvertible) {
  FileHandle.standardOutput.write(Data((line.description + "\n").utf8))
}

let words = CommandLine.arguments.dropFirst()

/// Runs `body` on every core, and gives what it finds in the order of the items.
func onEveryCore<Item: Sendable>(
  _ items: [Item],
  _ body: @escaping @Sendable (Item) throws -> [Laws.Breach]
) async throws -> [Laws.Breach] {
  let cores = ProcessInfo.processInfo.activeProcessorCount
  return try await withThrowingTaskGroup(of: [(Int, [Laws.Breach])].self) { group in
    for core in 0..<cores {
      group.addTask {
        try stride(from: core, to: items.count, by: cores).map { index in
          let found = try body(items[index])
          for breach in found { say(breach) }
          return (index, found)
        }
      }
    }
    var found: [(Int, [Laws.Breach])] = []
    for try await some in group { found += some }
    return found.sorted { $0.0 < $1.0 }.flatMap(\.1)
  }
}

if words.first == "show" {
  let book = try RandomBook.contents(seed: words.dropFirst().first.flatMap { UInt64($0) } ?? 0)
  let rows = book.deals.map(\.values) + book.claims.map(\.values) + book.facts.map(\.values)
  for row in rows + book.assumptions.map(\.values) { say(row.joined(separator: ",")) }
  exit(0)
}

let breaches: [Laws.Breach]
if words.first == "random" {
  let count = words.dropFirst().first.flatMap { UInt64($0) } ?? 1000
  let seed = words.dropFirst(2).first.flatMap { UInt64($0) } ?? 0
  say("\(count) random books")
  breaches = try await onEveryCore(Array(seed..<seed + count)) { try RandomLaws.breaches(seed: $0) }
} else {
  let path = words.first ?? "Examples/ai-economy"
  let book = try BookFolder.read(path)
  let policy = words.dropFirst().first.flatMap { Policy(rawValue: $0) } ?? .reported
  let laws = try Laws(book, book.lastReport, years: 2023...2026, policy: policy)
  say("\(book.evidenceRows.count) rows of \(path), \(laws.answer.lines.count) amounts")
  let days = Set((book.claims.map(\.reported) + book.facts.map(\.reported)).map(\.last)).sorted()
  let parts = try laws.breachesOfParts()
  let renamed = try laws.breachesUnderOtherNames(seed: 1)
  let every = words.dropFirst(2).first.flatMap { Int($0) } ?? 1
  let rows = book.evidenceRows.enumerated().filter { $0.offset % every == every / 2 }.map(\.element)
  let early = try await onEveryCore(
    days.enumerated().filter { $0.offset % (10 * every) == 0 }.map(\.element)
  ) {
    try laws.breaches(asOf: $0)
  }
  let gone = try await onEveryCore(rows) { try laws.breaches(without: $0) }
  for breach in parts + renamed { say(breach) }
  breaches = parts + renamed + early + gone
}
let byLaw = Dictionary(grouping: breaches, by: \.law).sorted { $0.key < $1.key }
for (law, same) in byLaw { say("\(same.count)\t\(law)") }
say(breaches.isEmpty ? "no breach" : "\(breaches.count) breaches")
exit(breaches.isEmpty ? 0 : 65)

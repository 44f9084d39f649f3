package import Claims
internal import Tables

extension Workbook {
  /// Every row of a book, a sheet a table.
  ///
  /// - Parameters:
  ///   - contents: The book.
  ///   - question: What was asked.
  package init(of contents: BookContents, _ question: Question) {
    self.init(
      [
        Self.sheet(Party.self, contents.parties), Self.sheet(Source.self, contents.sources),
        Self.sheet(Deal.self, contents.deals), Self.sheet(Claim.self, contents.claims),
        Self.sheet(Fact.self, contents.facts), Self.sheet(Assumption.self, contents.assumptions),
      ],
      question
    )
  }

  private static func sheet<Row: Record>(_: Row.Type, _ rows: [Row]) -> Sheet {
    let isExtended = rows.contains(where: \.usesOptionalColumns)
    let names = isExtended ? Row.allColumns : Row.columns
    let columns = names.enumerated().map { place, name -> SheetColumn<[String]> in
      switch name {
      case "low", "high", "confidence", "capacity": .cell(name) { $0[place] }
      case "published", "reported", "start", "end", "signed": .day(name) { $0[place] }
      default: .text(name) { $0[place] }
      }
    }
    return Sheet(Row.table, rows.map(\.values), columns)
  }
}

internal import Claims
package import Tables

/// The share that one customer has of a company's revenue, or of what it is owed.
package struct CustomerShare: Sendable, Equatable {
  /// What the share is of.
  package enum Benchmark: Sendable, Equatable {
    case revenue, receivables
    /// Anything else, by the name of its member; empty where the filing names none.
    case other(String)

    /// In one or two words.
    package var words: String {
      switch self {
      case .revenue: "revenue"
      case .receivables: "receivables"
      case .other(let name): name.isEmpty ? "not said" : name
      }
    }

    init(_ members: [FiledMember]) {
      let axis = Concept("us-gaap", "ConcentrationRiskByBenchmarkAxis")
      let name = members.first { $0.axis == axis }?.member.name ?? ""
      if name.contains("Receivable") {
        self = .receivables
      } else if name.contains("Revenue") || name.contains("Sales") {
        self = .revenue
      } else {
        self = .other(name)
      }
    }
  }

  /// The axis on which customers stand.
  static let customers = Concept("srt", "MajorCustomersAxis")
  /// The tags under which shares are filed, older and newer.
  static let concepts: Set<Concept> = [
    Concept("us-gaap", "ConcentrationRiskPercentage"),
    Concept("us-gaap", "ConcentrationRiskPercentage1"),
  ]

  /// The figure, whose value is a share of one.
  package let figure: FiledFigure
  /// What the company calls the customer, as `Customer A`.
  package let customer: String
  /// What the share is of.
  package let benchmark: Benchmark
  /// The part of the company that it belongs to, where the filing names one.
  package let part: [FiledMember]
  /// The period as the company counts it.
  package let fiscalPeriod: String

  /// The share in percent.
  package var percent: StrictDecimal { figure.value.shifted(by: 2) ?? figure.value }

  /// A customer's share; `nil` for any other figure.
  init?(_ figure: FiledFigure, _ calendar: FiscalCalendar) {
    guard Self.concepts.contains(figure.concept),
      let member = figure.members.first(where: { $0.axis == Self.customers })
    else { return nil }
    self.figure = figure
    customer = Self.words(member.member.name)
    benchmark = Benchmark(figure.members)
    part = figure.members.filter {
      $0.axis != Self.customers && !$0.axis.name.hasPrefix("ConcentrationRiskBy")
    }
    fiscalPeriod = calendar.label(figure.period)
  }

  /// `CustomerAMember` in words: `Customer A`.
  static func words(_ member: String) -> String {
    let name = member.hasSuffix("Member") ? String(member.dropLast(6)) : member
    var words = ""
    var previous: Character = " "
    for character in name {
      let begins = character.isUppercase && (previous.isLowercase || previous.isNumber)
      let isDigit = character.isNumber && previous.isLetter
      if begins || isDigit, !words.isEmpty, previous != " " { words.append(" ") }
      words.append(character)
      previous = character
    }
    return words
  }

  /// Why a share under the same tag is no customer's.
  static func reason(_ figure: FiledFigure) -> String {
    let axes = figure.members.map(\.axis.name).filter { !$0.hasPrefix("ConcentrationRiskBy") }
    guard !axes.isEmpty else { return "it names no customer" }
    return "it is by \(axes.joined(separator: " and ")), not by customer"
  }
}

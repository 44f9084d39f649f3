public import Claims
public import Tables

/// A tag: the taxonomy it stands in and its name there.
public struct Concept: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// `us-gaap`, `ifrs-full`, `dei`, `srt`, or the prefix that a company uses for tags of its own.
  public let taxonomy: String
  /// The name.
  public let name: String

  /// A tag of a taxonomy.
  public init(_ taxonomy: String, _ name: String) { (self.taxonomy, self.name) = (taxonomy, name) }

  /// `us-gaap:Revenues`.
  public var description: String { "\(taxonomy):\(name)" }

  /// Orders by taxonomy, then by name.
  public static func < (left: Concept, right: Concept) -> Bool {
    (left.taxonomy, left.name) < (right.taxonomy, right.name)
  }
}

/// One coordinate of a figure that is not of the company as a whole: an axis, and where on it.
public struct FiledMember: Sendable, Hashable {
  /// The axis, as `srt:MajorCustomersAxis`.
  public let axis: Concept
  /// The member, as `nvda:CustomerAMember`; of an axis without members, the value in words.
  public let member: Concept
}

/// The filing that a figure stands in.
public struct FilingReference: Sendable, Hashable {
  /// The SEC's number of the filing, as `0001045810-25-000023`; empty where it is not known.
  public let accession: String
  /// The form, as `10-K`.
  public let form: String
  /// The day it was filed; `nil` where nothing says it.
  public let filed: Day?
  /// The file it was read from.
  public let file: String
}

/// Where in a document a figure stands.
public struct FiledPlace: Sendable, Hashable {
  /// The context it names.
  public let context: String
  /// Where its words stand in the visible text, in bytes; of a hidden figure, in what is hidden.
  public let start: Int
  /// The byte after them.
  public let end: Int
  /// The words, as they are printed.
  public let words: String
  /// What stands before them.
  public let before: String
  /// What stands after them.
  public let after: String
  /// Whether no reader of the document sees it.
  public let isHidden: Bool
}

/// One figure as it was filed: what of, when, how much, and where it says so.
public struct FiledFigure: Sendable, Hashable {
  /// The tag.
  public let concept: Concept
  /// What it is of; empty for the company as a whole.
  public let members: [FiledMember]
  /// When it is of.
  public let period: FiledPeriod
  /// The number, exact, in whole units.
  public let value: StrictDecimal
  /// What it is counted in: `USD`, `pure`, `shares`, `USD/shares`.
  public let unit: String
  /// To how many digits it is exact, as the filing has it; `nil` where it says nothing, or all.
  public let decimals: Int?
  /// The filing.
  public let filing: FilingReference
  /// Where in the document; `nil` where it was read out of a list.
  public let place: FiledPlace?
}

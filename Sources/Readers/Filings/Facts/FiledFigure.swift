package import Claims
package import Tables

/// A tag: the taxonomy it stands in and its name there.
package struct Concept: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// `us-gaap`, `ifrs-full`, `dei`, `srt`, or the prefix that a company uses for tags of its own.
  package let taxonomy: String
  /// The name.
  package let name: String

  /// A tag of a taxonomy.
  package init(_ taxonomy: String, _ name: String) { (self.taxonomy, self.name) = (taxonomy, name) }

  /// `us-gaap:Revenues`.
  package var description: String { "\(taxonomy):\(name)" }

  /// Orders by taxonomy, then by name.
  package static func < (left: Concept, right: Concept) -> Bool {
    (left.taxonomy, left.name) < (right.taxonomy, right.name)
  }
}

/// One coordinate of a figure that is not of the company as a whole: an axis, and where on it.
package struct FiledMember: Sendable, Hashable {
  /// The axis, as `srt:MajorCustomersAxis`.
  package let axis: Concept
  /// The member, as `nvda:CustomerAMember`; of an axis without members, the value in words.
  package let member: Concept
}

/// The filing that a figure stands in.
package struct FilingReference: Sendable, Hashable {
  /// The SEC's number of the filing, as `0001045810-25-000023`; empty where it is not known.
  package let accession: String
  /// The form, as `10-K`.
  package let form: String
  /// The day it was filed; `nil` where nothing says it.
  package let filed: Day?
  /// The file it was read from.
  package let file: String
}

/// Where in a document a figure stands.
package struct FiledPlace: Sendable, Hashable {
  /// The context it names.
  package let context: String
  /// Where its words stand in the visible text, in bytes; of a hidden figure, in what is hidden.
  package let start: Int
  /// The byte after them.
  package let end: Int
  /// The words, as they are printed.
  package let words: String
  /// What stands before them.
  package let before: String
  /// What stands after them.
  package let after: String
  /// Whether no reader of the document sees it.
  package let isHidden: Bool
}

/// One figure as it was filed: what of, when, how much, and where it says so.
package struct FiledFigure: Sendable, Hashable {
  /// The tag.
  package let concept: Concept
  /// What it is of; empty for the company as a whole.
  package let members: [FiledMember]
  /// When it is of.
  package let period: FiledPeriod
  /// The number, exact, in whole units.
  package let value: StrictDecimal
  /// What it is counted in: `USD`, `pure`, `shares`, `USD/shares`.
  package let unit: String
  /// To how many digits it is exact, as the filing has it; `nil` where it says nothing, or all.
  package let decimals: Int?
  /// The filing.
  package let filing: FilingReference
  /// Where in the document; `nil` where it was read out of a list.
  package let place: FiledPlace?
}

/// What a module may import, ours and others'.
struct ImportTable {
  let ours: [String: Set<String>]
  /// For each module of others that we know: those of ours that may import it.
  let outside: [String: Set<String>]

  /// Data moves one way: book, view, network, report, and what prints it.
  static let house = ImportTable(
    ours: [
      "Tables": [],
      "Columns": [],
      "Graphs": ["Columns"],
      "Numerics": ["Columns", "Graphs"],
      "Claims": ["Tables"],
      "Disk": [],
      "Books": ["Tables", "Claims", "Disk"],
      "Readers": ["Tables", "Claims"],
      "Networks": ["Columns", "Graphs", "Numerics", "Disk", "Tables", "Claims"],
      "Loops": ["Columns", "Graphs", "Numerics", "Networks"],
      "Payments": ["Columns", "Tables", "Claims", "Disk"],
      "Tracing": ["Columns"],
      "Stress": ["Columns", "Graphs", "Numerics", "Networks"],
      "Projection": [
        "Columns", "Graphs", "Numerics", "Tables", "Claims", "Networks", "Loops", "Stress",
      ],
      "Reports": [
        "Columns", "Graphs", "Numerics", "Tables", "Claims", "Readers", "Networks", "Loops",
        "Stress",
        "Payments", "Projection", "Tracing",
      ],
      "Spreadsheets": ["Tables", "Disk", "Claims", "Reports"],
      "Inputs": [
        "Columns", "Graphs", "Tables", "Claims", "Disk", "Books", "Readers", "Networks", "Loops",
        "Payments", "Projection", "Reports",
      ],
      "Drawing": ["Graphs"],
      "Pages": ["Graphs", "Tables", "Claims", "Networks", "Projection", "Reports", "Drawing"],
      "Web": [
        "Columns", "Tables", "Claims", "Disk", "Books", "Readers", "Networks", "Loops",
        "Projection", "Reports", "Spreadsheets", "Drawing", "Pages",
      ],
      "ouro": [
        "Columns", "Graphs", "Numerics", "Tables", "Claims", "Disk", "Books", "Networks",
        "Loops", "Stress", "Payments", "Projection", "Readers", "Reports", "Spreadsheets",
        "Inputs", "Drawing", "Pages", "Tracing", "Web",
      ],
    ],
    outside: [
      // In Reports for JSON alone, in one file.
      "Foundation": ["Books", "Reports", "Inputs", "ouro"],
      "Hummingbird": ["Web"],
      "HummingbirdCore": ["Web"],
      "NIOCore": ["Web"],
      "NIOPosix": ["Web"],
      "NIOHTTP1": ["Web"],
      "NIOHTTPTypesHTTP1": ["Web"],
      "HTTPTypes": ["Web"],
      "Logging": ["Web"],
      "ServiceLifecycle": ["Web"],
      // The C library: mathematics for the models and the drawings, files for the disk, digits for people.
      "Glibc": [
        "Columns", "Networks", "Stress", "Projection", "Disk", "Payments", "Reports", "Drawing",
        "Web",
      ],
      "Darwin": [
        "Columns", "Networks", "Stress", "Projection", "Disk", "Payments", "Reports", "Drawing",
        "Web",
      ],
      "Dispatch": ["ouro"],
      "Synchronization": ["Columns"],
      "Yams": ["Projection"],
      "GRDB": ["Books"],
      "CLanes": ["Numerics", "Loops", "Stress", "Payments"],
      "CBuild": ["ouro"],
      "CSpawn": ["Web"],
      "CLibcrypto": ["Books", "Payments"],
      "CZlib": ["Payments"],
      "CBzip2": ["Payments"],
      "CZstd": ["Payments"],
      "CExpat": ["Payments", "Readers"],
      "CXlsxWriter": ["Spreadsheets"],
      "ArgumentParser": ["ouro"],
    ]
  )
}

/// No module imports against the direction, nor anything of others that is not its to import.
func checkImports(_ name: String, _ text: String) -> [Violation] {
  let path = name.split(separator: "/").map(String.init)
  guard path.count > 2, name.hasSuffix(".swift") else { return [] }
  let module = path[1]
  guard let allowed = ImportTable.house.ours[module] else {
    return [Violation(file: name, line: 1, reason: "\(module) is not in the table of imports")]
  }
  return numberedLines(text).compactMap { number, line in
    guard let imported = importedModule(line) else { return nil }
    let isAllowed =
      allowed.contains(imported)
      || ImportTable.house.outside[imported]?.contains(module) == true
    guard !isAllowed else { return nil }
    return Violation(file: name, line: number, reason: "\(module) may not import \(imported)")
  }
}

/// The module that a line imports: `Books` for `@testable public import struct Books.Book`.
func importedModule(_ line: String) -> String? {
  let levels: Set = ["public", "package", "internal", "fileprivate", "private"]
  let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "var", "let"]
  let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    .drop { $0.hasPrefix("@") || levels.contains($0) }
  guard words.first == "import" else { return nil }
  let imported = words.dropFirst().drop { kinds.contains($0) }.first
  return imported?.split(whereSeparator: { $0 == "." || $0 == ";" }).first.map(String.init)
}

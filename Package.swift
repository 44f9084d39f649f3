// swift-tools-version:6.2
import PackageDescription

/// What every target of ours is held to.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A module of the library: a product, a target and its tests.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a module; `Golden` holds what is to be printed, `Fixtures` what is read: no source.
func tests(
  _ name: String,
  _ dependencies: [Target.Dependency],
  golden: Bool = false,
  fixtures: Bool = false
) -> Target {
  .testTarget(
    name: name,
    dependencies: dependencies + ["TestKit"],
    exclude: (golden ? ["Golden"] : []) + (fixtures ? ["Fixtures"] : []),
    swiftSettings: strict
  )
}

/// The commit that is built, where `make` says so: what `ouro --version` tells.
let commit: [CSetting] =
  (Context.environment["OURO_COMMIT"]).map {
    [.define("OURO_COMMIT", to: "\"\($0)\"")]
  } ?? []

let package = Package(
  name: "ouroboros",
  // Linux first; where it runs on a Mac it needs its 128-bit integers and mutexes.
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "ouro", targets: ["ouro"]),
    .library(name: "Tables", targets: ["Tables"]),
    .library(name: "Claims", targets: ["Claims"]),
    .library(name: "Books", targets: ["Books"]),
    .library(name: "Columns", targets: ["Columns"]),
    // What reading and writing throw.
    .library(name: "Disk", targets: ["Disk"]),
    .library(name: "Graphs", targets: ["Graphs"]),
    .library(name: "Numerics", targets: ["Numerics"]),
    .library(name: "Networks", targets: ["Networks"]),
    .library(name: "Loops", targets: ["Loops"]),
    .library(name: "Stress", targets: ["Stress"]),
    .library(name: "Payments", targets: ["Payments"]),
    .library(name: "Tracing", targets: ["Tracing"]),
    .library(name: "Projection", targets: ["Projection"]),
    .library(name: "Readers", targets: ["Readers"]),
    .library(name: "Reports", targets: ["Reports"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // Without its traits: they would bring configuration files, and all of Foundation.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    // Only to give its `Numerics` another name than ours: Hummingbird brings the package along.
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    // What Hummingbird stands on.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CBzip2", providers: [.apt(["libbz2-dev"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    module("Tables"),
    module("Claims", ["Tables"]),
    module("Disk"),
    module(
      "Books",
      ["Tables", "Claims", "Disk", "CLibcrypto", .product(name: "GRDB", package: "GRDB.swift")]
    ),
    module("Readers", ["Tables", "Claims", "CExpat"]),
    .target(name: "CLanes"),
    .target(name: "CBuild", cSettings: commit),
    .target(name: "CSpawn"),
    module("Columns"),
    module("Graphs", ["Columns"]),
    module("Numerics", ["Columns", "Graphs", "CLanes"]),
    module("Networks", ["Columns", "Graphs", "Numerics", "Disk", "Tables", "Claims"]),
    module("Loops", ["Columns", "Graphs", "Numerics", "Networks", "CLanes"]),
    module("Tracing", ["Columns"]),
    module("Stress", ["Columns", "Graphs", "Numerics", "Networks", "CLanes"]),
    module(
      "Payments",
      [
        "Columns", "Tables", "Claims", "Disk", "CLanes", "CZlib", "CBzip2", "CZstd", "CExpat",
        "CLibcrypto",
      ]
    ),
    module(
      "Projection",
      [
        "Columns", "Graphs", "Numerics", "Tables", "Claims", "Networks", "Loops", "Stress",
        .product(name: "Yams", package: "Yams"),
      ]
    ),
    module(
      "Reports",
      [
        "Columns", "Graphs", "Numerics", "Tables", "Claims", "Readers", "Networks", "Loops",
        "Stress",
        "Payments", "Projection", "Tracing",
      ]
    ),
    module("Spreadsheets", ["Tables", "Disk", "Claims", "Reports", "CXlsxWriter"]),
    module(
      "Inputs",
      [
        "Columns", "Graphs", "Tables", "Claims", "Disk", "Books", "Readers", "Networks", "Loops",
        "Payments", "Projection", "Reports",
      ]
    ),
    module("Drawing", ["Graphs"]),
    module(
      "Pages",
      ["Graphs", "Tables", "Claims", "Networks", "Projection", "Reports", "Drawing"]
    ),
    .target(
      name: "Web",
      dependencies: [
        "Columns", "Tables", "Claims", "Disk", "Books", "Readers", "Networks", "Loops",
        "Projection",
        "Reports", "Spreadsheets", "Drawing", "Pages", "CSpawn",
        .product(
          name: "Hummingbird",
          package: "hummingbird",
          // Names of its packages that modules of ours have too.
          moduleAliases: ["Tracing": "DistributedTracing"]
        ),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(
          name: "Numerics",
          package: "swift-numerics",
          moduleAliases: ["Numerics": "SwiftNumerics"]
        ),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      resources: [.embedInCode("Assets")],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "ouro",
      dependencies: [
        "Columns", "Graphs", "Numerics", "Tables", "Claims", "Disk", "Books", "Networks", "Loops",
        "Stress", "Payments", "Projection", "Readers", "Reports", "Spreadsheets", "Inputs",
        "Drawing", "Pages", "Tracing", "Web", "CBuild",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .target(
      name: "TestKit",
      dependencies: ["Claims", "Networks", "Reports"],
      path: "Tests/TestKit",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "laws",
      dependencies: ["TestKit", "Books", "Claims"],
      path: "Tests/Laws",
      swiftSettings: strict
    ),
    .executableTarget(
      name: "kernels",
      dependencies: [
        "Claims", "Columns", "Graphs", "Numerics", "Networks", "Loops", "Payments", "Stress",
      ],
      path: "Benchmarks/kernels"
    ),
    tests("TablesTests", ["Tables"]),
    tests("ClaimsTests", ["Claims", "Books", "Tables"]),
    tests("DiskTests", ["Disk"]),
    tests(
      "BooksTests",
      ["Books", "Claims", "Tables", .product(name: "GRDB", package: "GRDB.swift")]
    ),
    tests("ReadersTests", ["Readers", "Claims", "Tables"], fixtures: true),
    tests("GraphsTests", ["Graphs", "Numerics", "Networks"]),
    tests("NumericsTests", ["Columns", "Graphs", "Numerics", "CLanes"]),
    tests("NetworksTests", ["Graphs", "Numerics", "Networks", "Claims", "Books"]),
    tests("LoopsTests", ["Columns", "Graphs", "Numerics", "Loops", "Networks", "CLanes"]),
    tests("TracingTests", ["Columns", "Tracing"]),
    tests("StressTests", ["Columns", "Graphs", "Numerics", "Stress", "Networks"]),
    tests("PaymentsTests", ["Columns", "Payments", "Networks", "Tables"]),
    tests("ProjectionTests", ["Projection", "Books", "Claims", "Networks"]),
    tests(
      "ReportsTests",
      [
        "Reports", "Books", "Claims", "Columns", "Networks", "Loops", "Payments", "Projection",
        "Stress", "Tracing",
      ],
      golden: true
    ),
    tests("SpreadsheetsTests", ["Spreadsheets", "Reports", "Claims", "Payments"]),
    tests(
      "InputsTests",
      [
        "Inputs", "Books", "Claims", "Columns", "Disk", "Loops", "Networks", "Payments", "Readers",
        "Reports",
      ]
    ),
    tests("PagesTests", ["Pages", "Reports", "Networks", "Claims", "Books", "Drawing"]),
    tests("DrawingTests", ["Drawing"], golden: true),
    tests("WebTests", ["Web", "Books", "Claims", "Pages", "Reports"]),
    tests(
      "CommandTests",
      ["ouro", "Books", "Claims", "Networks", "Loops", "CBuild"],
      golden: true,
      fixtures: true
    ),
    tests(
      "LibraryTests",
      ["Books", "Claims", "Loops", "Networks", "Payments", "Reports", "Stress"]
    ),
    tests("TidyTests", [], golden: true),
  ]
)

// What scripts/fuzz.sh builds, since it needs libFuzzer to be linked.
if Context.environment["OURO_FUZZ_BUILD"] != nil {
  package.targets += [
    .target(name: "FuzzCounters", path: "Tests/FuzzCounters"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "Books", "Claims", "Disk", "Networks", "Payments", "Projection", "Readers", "Reports",
        "Tables", "FuzzCounters",
      ],
      path: "Tests/Fuzz",
      exclude: ["seeds.py"],
      swiftSettings: strict
    ),
  ]
}

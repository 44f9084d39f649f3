// swift-tools-version:6.2
import PackageDescription

/// A package of its own, so that the main one never resolves or builds what only benchmarks need.
let package = Package(
  name: "benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "ouroboros", path: "..")],
  targets: [
    .executableTarget(
      name: "StressBenchmark",
      dependencies: [
        .product(name: "Stress", package: "ouroboros"),
        .product(name: "Networks", package: "ouroboros"),
      ]
    )
  ]
)

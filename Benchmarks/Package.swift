// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that the main one never builds or resolves it.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "ouroboros", path: "..")],
  targets: [
    .executableTarget(
      name: "kernels",
      dependencies: [
        .product(name: "Claims", package: "ouroboros"),
        .product(name: "Columns", package: "ouroboros"),
        .product(name: "Graphs", package: "ouroboros"),
        .product(name: "Numerics", package: "ouroboros"),
        .product(name: "Networks", package: "ouroboros"),
        .product(name: "Loops", package: "ouroboros"),
        .product(name: "Payments", package: "ouroboros"),
        .product(name: "Stress", package: "ouroboros"),
      ]
    )
  ]
)

import Foundation
import Networks
import Stress

// Usage: StressBenchmark dense N SCENARIOS [THREADS] · StressBenchmark sparse PARTIES LINKS
let arguments = CommandLine.arguments
let numbers = arguments.dropFirst(2).compactMap { Double($0).map { Int($0) } }
switch (arguments.dropFirst().first, numbers.count) {
case ("dense", 2...3):
  try await dense(
    size: numbers[0],
    scenarios: numbers[1],
    threads: numbers.count == 3 ? numbers[2] : 1
  )
case ("sparse", 2):
  try await sparse(size: numbers[0], links: numbers[1])
default:
  print("dense N SCENARIOS [THREADS] | sparse PARTIES LINKS")
  exit(64)
}

import Foundation

/// CPU seconds of all threads, and the memory at its most.
enum Usage {
  static var cpu: Double {
    var usage = rusage()
    getrusage(0, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  /// In megabytes.
  static var peak: Int {
    var usage = rusage()
    getrusage(0, &usage)
    return Int(usage.ru_maxrss) / 1024
  }
}

/// Runs `body` some times and prints the least CPU and wall seconds.
///
/// - Parameters:
///   - name: What to call it.
///   - runs: How many times.
///   - body: What to time.
/// - Returns: What the last run returned.
/// - Throws: What `body` throws.
func timed<Result>(
  _ name: String,
  runs: Int = 3,
  _ body: () async throws -> Result
) async rethrows -> Result {
  var (cpu, wall) = (Double.infinity, Double.infinity)
  func once() async throws -> Result {
    let (usage, date) = (Usage.cpu, Date())
    let result = try await body()
    cpu = min(cpu, Usage.cpu - usage)
    wall = min(wall, Date().timeIntervalSince(date))
    return result
  }
  for _ in 1..<max(1, runs) { _ = try await once() }
  let result = try await once()
  let figures = String(format: "cpu %.4f s, wall %.4f s, peak %d MB", cpu, wall, Usage.peak)
  print("\(name): \(figures)")
  return result
}

/// Prints what a kernel came to, as the peers do: CPU seconds, peak megabytes, and the answer.
func report(_ seconds: Double, _ answer: String) {
  print(String(format: "%.3f %d ", seconds, Usage.peak) + answer)
}

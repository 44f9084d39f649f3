import Foundation

/// Runs `body` a few times and prints the least and the median of wall and CPU seconds.
func timed<Result>(_ name: String, runs: Int = 3, _ body: () async throws -> Result) async rethrows
  -> Result
{
  var walls: [Double] = []
  var cpus: [Double] = []
  var result: Result?
  for _ in 0..<runs {
    let (cpu, wall) = (cpuSeconds(), Date())
    result = try await body()
    walls.append(Date().timeIntervalSince(wall))
    cpus.append(cpuSeconds() - cpu)
  }
  walls.sort()
  cpus.sort()
  let format = "wall min %.4f med %.4f s; cpu min %.4f med %.4f s"
  let figures = String(format: format, walls[0], walls[runs / 2], cpus[0], cpus[runs / 2])
  print("\(name): \(figures); n=\(runs)")
  guard let result else { preconditionFailure("at least one run") }
  return result
}

/// CPU seconds of this process so far, on all threads.
private func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

/// Ends the run when an answer is wrong: a fast wrong answer is no answer.
func require(_ holds: Bool, _ what: String) {
  guard !holds else { return }
  print("wrong: \(what)")
  exit(1)
}

import Foundation

/// The least CPU and wall seconds of some runs, and the memory at their most.
struct Stopwatch {
  private var began = (cpu: Self.used, date: Date())
  private var cpu = Double.infinity
  private var wall = Double.infinity
  private var peakMegabytes = 0

  /// Starts a run; the first starts with the watch.
  mutating func start() { began = (Self.used, Date()) }

  /// Ends a run.
  mutating func stop() {
    cpu = min(cpu, Self.used - began.cpu)
    wall = min(wall, Date().timeIntervalSince(began.date))
    var usage = rusage()
    getrusage(0, &usage)
    peakMegabytes = Int(usage.ru_maxrss) / 1024
  }

  /// Prints what a kernel came to: the wall seconds, then as the peers do CPU seconds, peak megabytes, answer.
  func report(_ answer: String) {
    print(String(format: "wall %.4f s", wall))
    print(String(format: "%.4f %d ", cpu, peakMegabytes) + answer)
  }

  /// CPU seconds of all threads up to now.
  private static var used: Double {
    var usage = rusage()
    getrusage(0, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}

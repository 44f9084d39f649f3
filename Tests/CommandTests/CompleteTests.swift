import TestKit
import Testing

/// The hook by which another program checks how unknown flows are filled in.
@Suite struct CompleteTests {
  @Test func theAnswerIsJSON() throws {
    let problem = #"{"rows":[3],"columns":[6],"cells":[[0,0]],"outside_weight":1}"#
    let result = try runOuro(["complete", "-"], input: problem)
    #expect(result.status == 0)
    guard case .object(let answer) = try JSON(result.stdout) else {
      Issue.record("not an object: \(result.stdout)")
      return
    }
    #expect(answer["amounts"] == .array([.number(2)]))
    #expect(answer["outside_by_row"] == .array([.number(1)]))
    #expect(answer["outside_by_column"] == .array([.number(4)]))
    #expect(answer["corner"] == .number(2))
  }

  @Test(arguments: [
    "", "[]", #"{"rows":[3],"columns":[4]}"#, #"{"rows":[0],"columns":[4],"cells":[]}"#,
    #"{"rows":[3],"columns":[4],"cells":[[0,1]]}"#, #"{"rows":[3],"columns":[4],"cells":[[0]]}"#,
    #"{"rows":[3],"columns":[4],"cells":[[0,0],[0,0]]}"#,
    #"{"rows":[3],"columns":[4],"cells":[[0,0]],"outside_weight":-1}"#,
    #"{"rows":[3],"columns":[4],"cells":[[0,0]],"blocks":[{"cells":[],"total":1}]}"#,
    #"{"rows":[3],"columns":[4],"cells":[[0,0]],"blocks":[{"cells":[1],"total":1}]}"#,
  ])
  func whatIsNoProblemIsRefused(problem: String) throws {
    let result = try runOuro(["complete", "-"], input: problem)
    #expect(result.status == 65)
    #expect(result.stdout.isEmpty && result.stderr.hasPrefix("ouro: -: "))
  }
}

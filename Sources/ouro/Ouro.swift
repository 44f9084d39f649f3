import ArgumentParser

@main
struct Ouro: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ouro",
    abstract: "Who pays whom, who says so, and how much of it comes back around.",
    version: VersionText.text,
    subcommands: [Complete.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Ask",
        subcommands: [
          Demo.self, Report.self, Trend.self, LoopsCommand.self, Trace.self, Diff.self,
          Disputes.self,
          Check.self,
          Deals.self, PartyCommand.self, PathCommand.self, ShowRows.self, Search.self, Cite.self,
          Due.self,
          Draw.self, Serve.self,
        ]
      ),
      CommandGroup(
        name: "Book",
        subcommands: [
          New.self, Read.self, Edgar.self, Review.self, Import.self, Export.self, Add.self,
          Retract.self,
          Undo.self, Redo.self,
          Verify.self, AnchorCommand.self,
          History.self,
        ]
      ),
      CommandGroup(name: "Measure", subcommands: [Measure.self, StressCommand.self]),
      CommandGroup(
        name: "Payments",
        subcommands: [Scan.self, Follow.self, Watch.self, Sum.self, Pack.self, Parties.self]
      ),
      CommandGroup(
        name: "Project",
        subcommands: [
          Project.self, Needed.self, Merge.self, Rerun.self, BacktestCommand.self,
        ]
      ),
    ]
  )

  static func main() {
    Exit.ignoreSignals()
    Exit.refuseTooFewFiles()
    Exit.refuseArgumentsOutsideUnicode()
    do {
      var command = try parseAsRoot()
      do {
        try command.run()
      } catch let error as ValidationError {
        Exit.end(error, of: type(of: command))
      }
    } catch {
      Exit.end(error)
    }
  }
}

import ArgumentParser

@main
struct Ouro: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ouro",
    abstract: "Who pays whom, who says so, and how much of it comes back around."
  )
}

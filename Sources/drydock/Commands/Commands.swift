/// Every command, in the order of the help.
enum Commands {
  static let all: [CommandSpec] = [
    SimulateCommand.spec
  ]
}

import Diagnostics

/// One command: the single declaration that parsing, help, examples and completion are made from.
struct CommandSpec: Sendable {
  var name: String
  var group: Group
  var summary: LocalizedText
  /// What follows the name, such as `-f FILE… [-m MESSAGE]`; one line a form.
  var forms: [String]
  var details: LocalizedText?
  var examples: [Example] = []
  var options: [OptionSpec] = []
  /// How many words may stand besides the options.
  var operands: ClosedRange<Int> = 0...0
  /// What a word besides the options is, for completion.
  var operandCompletion: OptionSpec.Completion = .none
  var subcommands: [CommandSpec] = []
  /// It does something also without one of its subcommands.
  var runsByItself = false
  /// Left out of the list of commands.
  var isHidden = false
  var run: @Sendable (Invocation) throws -> ExitCode

  enum Group: CaseIterable {
    case questions, changes, reading, people, upkeep, other
  }

  struct Example: Sendable {
    var command: String
    var text: LocalizedText

    init(_ command: String, en: String, zh: String) {
      self.command = command
      text = LocalizedText(en: en, zh: zh)
    }
  }
}

/// What the shell is told.
enum ExitCode: Int32, Sendable {
  /// Done, and the answer is yes.
  case success = 0
  /// The answer is no: problems in the input, differences, a refused change.
  case negative = 1
  /// It could not be tried: wrong usage, files that cannot be opened, a broken store.
  case failure = 2
}

/// One run of one command.
struct Invocation {
  let spec: CommandSpec
  /// `drydock store verify`.
  let path: String
  let arguments: ParsedArguments
  let terminal: Terminal

  var language: Language { terminal.language }
}

/// Why a command ends without having done its work.
struct CommandFailure: Error {
  var exitCode: ExitCode
  var message: LocalizedText
  /// Shown below the message, such as what to type instead.
  var hint: LocalizedText?

  init(_ exitCode: ExitCode = .failure, en: String, zh: String, hint: LocalizedText? = nil) {
    self.exitCode = exitCode
    message = LocalizedText(en: en, zh: zh)
    self.hint = hint
  }
}

import Diagnostics

/// One flag: what it is called, what it takes, and what help and completion say of it.
struct OptionSpec: Sendable {
  var long: String
  var short: Character?
  /// What stands for the value in help, such as `FILE`; nil for a switch.
  var valueName: String?
  var isRepeatable = false
  /// The only good values, when there are few.
  var choices: [String] = []
  var completion: Completion = .none
  var help: LocalizedText

  enum Completion: Sendable {
    case none, file, folder
    case words([String])
    /// A kind, and behind it names of the store.
    case kind
    case namespace, revision, mesh
    /// Where a request can come from.
    case client
    case gateway
    case service, release
  }

  /// A flag without a value.
  static func toggle(_ long: String, _ short: Character? = nil, _ help: LocalizedText) -> OptionSpec {
    OptionSpec(long: long, short: short, help: help)
  }

  static func value(
    _ long: String, _ short: Character? = nil, _ valueName: String, choices: [String] = [],
    completion: Completion = .none, _ help: LocalizedText
  ) -> OptionSpec {
    OptionSpec(
      long: long, short: short, valueName: valueName, choices: choices, completion: completion, help: help)
  }

  static func list(
    _ long: String, _ short: Character? = nil, _ valueName: String, completion: Completion = .none,
    _ help: LocalizedText
  ) -> OptionSpec {
    OptionSpec(
      long: long, short: short, valueName: valueName, isRepeatable: true, completion: completion, help: help)
  }

  /// `-f, --filename FILE`.
  var usage: String {
    let names = short.map { "-\($0), --\(long)" } ?? "    --\(long)"
    return valueName.map { "\(names) \($0)" } ?? names
  }
}

import Diagnostics
import MeshModel

/// Words that completion offers besides options.
enum CompletionWords {
  /// Short names first, as people type them.
  static let kinds: [String] = ["all"] + ObjectKind.known.flatMap { $0.shortNames + [$0.plural] }

  static func operands(_ spec: CommandSpec) -> [String] {
    if spec.name == "completion" { return ["bash", "zsh", "fish"] }
    if spec.name == "help" { return Commands.all.map(\.name) }
    switch spec.operandCompletion {
    case .kind: return kinds
    case .none, .file, .folder: return []
    }
  }
}

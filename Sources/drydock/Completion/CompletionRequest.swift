import Diagnostics
import MeshModel

/// A line that is being typed: which words may stand where the cursor is.
struct CompletionRequest {
  /// The words before the cursor's, behind `drydock`.
  private var before: [String]
  /// The word under the cursor, up to the cursor.
  private var current: String
  /// What stands before the part of the word that is being completed, such as `--output=`.
  private var prefix = ""
  private let language: Language

  enum Answer {
    case words([Word])
    case files, folders
  }

  struct Word {
    var text: String
    var remark = ""
  }

  init(_ words: [String], language: Language) {
    self.language = language
    before = Self.joined(Array(words.dropLast()))
    current = words.last ?? ""
    // bash takes `--output=ya` apart.
    if current == "=", before.last.map(Self.isLong) == true {
      current = ""
    } else if before.last?.utf8.last == UInt8(ascii: "="), before.last.map(Self.isLong) == true {
      before[before.count - 1].removeLast()
    }
  }

  var answer: Answer {
    var commands = Commands.all
    var spec: CommandSpec?
    var rest = before[...]
    while let word = rest.first {
      if spec?.subcommands.isEmpty == true { break }
      if let spec, spec.runsByItself, !spec.subcommands.contains(where: { $0.name == word }) { break }
      rest.removeFirst()
      if Self.isLong(word) {
        if !word.utf8.contains(UInt8(ascii: "=")), option(word, Options.global)?.valueName != nil {
          if rest.isEmpty { return value(of: option(word, Options.global), nil) }
          rest.removeFirst()
        }
        continue
      }
      guard let found = commands.first(where: { $0.name == word }) else { return .words([]) }
      spec = found
      commands = found.subcommands
    }
    guard let spec, spec.subcommands.isEmpty || (spec.runsByItself && !(rest.isEmpty && isWordStart)) else {
      if current.utf8.first == UInt8(ascii: "-") { return options(Options.global, []) }
      return matching(commands.filter { !$0.isHidden }.map { Word(text: $0.name, remark: $0.summary[language]) })
    }
    return arguments(of: spec, Array(rest))
  }

  /// Whether what is being typed may still become a subcommand's name.
  private var isWordStart: Bool { !current.isEmpty && current.utf8.first != UInt8(ascii: "-") }

  private func arguments(of spec: CommandSpec, _ words: [String]) -> Answer {
    let known = spec.options + Options.global
    var typed = TypedWords()
    var pending: OptionSpec?
    for word in words {
      if let option = pending {
        typed.values[option.long, default: []].append(word)
        pending = nil
      } else if Self.isLong(word), let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(word[..<equals].dropFirst(2))
        typed.values[name, default: []].append(String(word[word.utf8.index(after: equals)...]))
      } else if word.utf8.first == UInt8(ascii: "-"), word != "-" {
        guard let option = option(word, known) else { continue }
        if option.valueName == nil { typed.values[option.long] = [""] } else { pending = option }
      } else {
        typed.operands.append(word)
      }
    }
    if let pending { return value(of: pending, typed) }
    if Self.isLong(current), let equals = current.utf8.firstIndex(of: UInt8(ascii: "=")) {
      var inner = self
      let start = current.utf8.index(after: equals)
      inner.prefix = String(current[..<start])
      inner.current = String(current[start...])
      return inner.value(of: option(String(current[..<equals]), known), typed)
    }
    if current.utf8.first == UInt8(ascii: "-") { return options(known, Set(typed.values.keys)) }
    return operand(of: spec, typed)
  }

  private func operand(of spec: CommandSpec, _ typed: TypedWords) -> Answer {
    if spec.name == HelpCommand.spec.name {
      var commands = Commands.all
      for word in typed.operands { commands = commands.first { $0.name == word }?.subcommands ?? [] }
      return matching(commands.map { Word(text: $0.name, remark: $0.summary[language]) })
    }
    guard typed.operands.count < spec.operands.upperBound else { return .words([]) }
    return words(spec.operandCompletion, typed)
  }

  private func value(of option: OptionSpec?, _ typed: TypedWords?) -> Answer {
    guard let option else { return .words([]) }
    if !option.choices.isEmpty { return matching(option.choices.map { Word(text: $0) }) }
    return words(option.completion, typed ?? TypedWords())
  }

  private func words(_ sort: OptionSpec.Completion, _ typed: TypedWords) -> Answer {
    switch sort {
    case .none: .words([])
    case .file: .files
    case .folder: .folders
    case .words(let words): matching(words.map { Word(text: $0) })
    case .kind: matching(StoredWords(typed).objects(current))
    case .namespace: matching(StoredWords(typed).namespaces)
    case .revision: matching(StoredWords(typed).revisions)
    case .mesh: matching(StoredWords(typed).meshes)
    case .client: matching(StoredWords(typed).names(of: [.pod, .deployment, .statefulSet, .daemonSet]))
    case .gateway: matching(StoredWords(typed).names(of: [.gateway]))
    case .service: matching(StoredWords(typed).names(of: [.service]))
    case .release: matching(StoredWords(typed).names(of: [.release]))
    }
  }

  private func options(_ known: [OptionSpec], _ used: Set<String>) -> Answer {
    let offered = known.filter { $0.isRepeatable || !used.contains($0.long) }
    return matching(offered.map { Word(text: "--\($0.long)", remark: $0.help[language]) })
  }

  private func matching(_ words: [Word]) -> Answer {
    let fitting = words.filter { $0.text.utf8.starts(with: current.utf8) }
    return .words(fitting.map { Word(text: prefix + $0.text, remark: $0.remark) })
  }

  /// The option that a word names; of several letters the last one, which may take a value.
  private func option(_ word: String, _ known: [OptionSpec]) -> OptionSpec? {
    if Self.isLong(word) { return known.first { word == "--\($0.long)" } }
    guard let letter = word.last else { return nil }
    // `-fmesh.yaml` has its value already.
    let isCluster = word.dropFirst().dropLast().allSatisfy { letter in
      known.contains { $0.short == letter && $0.valueName == nil }
    }
    return isCluster ? known.first { $0.short == letter } : nil
  }

  private static func isLong(_ word: String) -> Bool { word.utf8.starts(with: "--".utf8) }

  /// `--output`, `=`, `yaml` as bash has them become one word again.
  private static func joined(_ words: [String]) -> [String] {
    var result: [String] = []
    for word in words {
      if word == "=", let last = result.last, isLong(last) {
        result[result.count - 1] += "="
      } else if let last = result.last, isLong(last), last.utf8.last == UInt8(ascii: "=") {
        result[result.count - 1] += word
      } else {
        result.append(word)
      }
    }
    return result
  }
}

/// What was typed so far of a command's arguments.
struct TypedWords {
  var operands: [String] = []
  var values: [String: [String]] = [:]

  subscript(_ option: OptionSpec) -> String? { values[option.long]?.last }

  func has(_ option: OptionSpec) -> Bool { values[option.long] != nil }
}

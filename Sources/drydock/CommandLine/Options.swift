import Diagnostics

/// The options that several commands share.
enum Options {
  static let help = OptionSpec.toggle("help", "h", LocalizedText(en: "show this help", zh: "显示此帮助"))
  static let language = OptionSpec.value(
    "lang", nil, "LANG", choices: ["en", "zh"],
    LocalizedText(en: "language of messages (default: from the locale)", zh: "消息语言（默认取自区域设置）"))
  static let color = OptionSpec.value(
    "color", nil, "WHEN", choices: ["auto", "always", "never"],
    LocalizedText(en: "colour the output (default: auto)", zh: "是否着色输出（默认 auto）"))

  /// Every command takes these.
  static let global = [language, color, help]

  static let store = OptionSpec.value(
    "store", nil, "FILE", completion: .file,
    LocalizedText(
      en: "the store (default: $DRYDOCK_STORE, or ./drydock.db)", zh: "存储文件（默认 $DRYDOCK_STORE 或 ./drydock.db）"))
  static let mesh = OptionSpec.value(
    "mesh", nil, "MESH", completion: .mesh,
    LocalizedText(en: "the mesh in the store (default: default)", zh: "存储中的网格（默认 default）"))
  static let filename = OptionSpec.list(
    "filename", "f", "FILE", completion: .file,
    LocalizedText(
      en: "file, folder or - (standard input) with objects; may be repeated", zh: "包含对象的文件、目录或 -（标准输入）；可重复"))
  static let recursive = OptionSpec.toggle(
    "recursive", "R", LocalizedText(en: "look into the folders of a folder", zh: "递归查找子目录"))
  static let with = OptionSpec.list(
    "with", nil, "FILE", completion: .file,
    LocalizedText(
      en: "file or folder laid on top of the revision, without storing it; may be repeated",
      zh: "叠加在修订之上的文件或目录，不写入存储；可重复"))
  static let meshConfig = OptionSpec.value(
    "mesh-config", nil, "FILE", completion: .file,
    LocalizedText(en: "the mesh configuration, in place of the ConfigMap's", zh: "网格配置文件，代替 ConfigMap 中的配置"))
  static let revision = OptionSpec.value(
    "revision", nil, "N", completion: .revision, LocalizedText(en: "a revision (default: the newest)", zh: "修订号（默认最新）"))
  static let namespace = OptionSpec.value(
    "namespace", "n", "NAMESPACE", completion: .namespace,
    LocalizedText(en: "the namespace (default: default)", zh: "命名空间（默认 default）"))
  static let allNamespaces = OptionSpec.toggle(
    "all-namespaces", "A", LocalizedText(en: "objects of all namespaces", zh: "所有命名空间的对象"))
  static let selector = OptionSpec.value(
    "selector", "l", "SELECTOR",
    LocalizedText(en: "labels: 'a=b,c!=d,e,!f,g in (x,y)'", zh: "标签选择：'a=b,c!=d,e,!f,g in (x,y)'"))
  static let message = OptionSpec.value(
    "message", "m", "MESSAGE", LocalizedText(en: "why, for the history", zh: "变更说明，写入历史"))
  static let author = OptionSpec.value(
    "author", nil, "NAME",
    LocalizedText(en: "who (default: $DRYDOCK_AUTHOR, or the user's name)", zh: "操作者（默认 $DRYDOCK_AUTHOR 或当前用户名）"))

  static func output(_ choices: [String], _ help: LocalizedText? = nil) -> OptionSpec {
    .value(
      "output", "o", "FORMAT", choices: choices,
      help ?? LocalizedText(en: choices.joined(separator: ", "), zh: choices.joined(separator: "、")))
  }

  /// Looked up by name only; a command declares its own with its own choices.
  static let output = output([])
}

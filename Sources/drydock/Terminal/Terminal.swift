import Diagnostics
import Glibc
import Report

/// Where the run talks to a person: language, colours, width, and the two streams.
struct Terminal {
  let output: Output
  private(set) var errors: Output
  var language: Language
  /// For standard output.
  var style: TextStyle
  /// For standard error.
  var errorStyle: TextStyle
  var isOutputTerminal: Bool
  var isErrorTerminal: Bool

  init(language: String?, color: String?) {
    output = Output()
    errors = Output(descriptor: STDERR_FILENO)
    isOutputTerminal = isatty(STDOUT_FILENO) == 1
    isErrorTerminal = isatty(STDERR_FILENO) == 1
    self.language = language.flatMap(Language.init(rawValue:)) ?? Environment.language
    switch color {
    case "always":
      style = .colored
      errorStyle = .colored
    case "never":
      style = .plain
      errorStyle = .plain
    default:
      let isAllowed = Environment.allowsColor
      style = isOutputTerminal && isAllowed ? .colored : .plain
      errorStyle = isErrorTerminal && isAllowed ? .colored : .plain
    }
  }

  /// The same terminal with both streams in one, so that what is said stays in order.
  init(mergingStreamsOf other: Terminal) {
    self = other
    errors = other.output
    errorStyle = other.style
    isErrorTerminal = false
  }

  /// Columns of standard output; 100 where it is no terminal.
  var width: Int {
    var size = winsize()
    guard isOutputTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  func printLine(_ text: String = "") { output.writeLine(text) }

  /// A remark beside the result.
  func remark(_ text: LocalizedText) {
    errors.writeLine(text[language])
    errors.flush()
  }

  func fail(_ failure: CommandFailure) {
    output.flush()
    let label = LocalizedText(en: "error: ", zh: "错误：")[language]
    errors.writeLine(errorStyle.error(label) + failure.message[language])
    if let hint = failure.hint { errors.writeLine(errorStyle.faint("  " + hint[language])) }
    errors.flush()
  }
}

/// What the surroundings say; the only place that touches environment variables.
enum Environment {
  static func value(_ name: String) -> String? {
    guard let text = getenv(name) else { return nil }
    let value = String(cString: text)
    return value.isEmpty ? nil : value
  }

  /// Takes the user's store out of reach of what runs from now on.
  static func forgetStore() { unsetenv("DRYDOCK_STORE") }

  static var temporaryFolder: String { value("TMPDIR") ?? "/tmp" }

  /// Chinese in a Chinese locale, English otherwise.
  static var language: Language {
    let locale = value("LC_ALL") ?? value("LC_MESSAGES") ?? value("LANG") ?? ""
    return locale.utf8.starts(with: "zh".utf8) ? .zh : .en
  }

  static var allowsColor: Bool { value("NO_COLOR") == nil && value("TERM") != "dumb" }

  static var storePath: String { value("DRYDOCK_STORE") ?? "./drydock.db" }

  static var userName: String {
    if let name = value("DRYDOCK_AUTHOR") ?? value("USER") ?? value("LOGNAME") { return name }
    guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "unknown" }
    return String(cString: name)
  }

  static var nowMilliseconds: Int64 {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    return Int64(moment.tv_sec) * 1_000 + Int64(moment.tv_nsec) / 1_000_000
  }

  /// Seconds since 1970.
  static var now: Int64 { Int64(time(nil)) }
}

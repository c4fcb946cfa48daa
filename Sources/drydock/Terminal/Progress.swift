import Diagnostics

/// A line on standard error about long work; nothing where it is no terminal.
struct Progress {
  private let terminal: Terminal

  init(_ terminal: Terminal) {
    self.terminal = terminal
  }

  func show(_ text: LocalizedText) {
    guard terminal.isErrorTerminal else { return }
    terminal.errors.write("\r\u{1B}[2K" + text[terminal.language])
    terminal.errors.flush()
  }

  func clear() {
    guard terminal.isErrorTerminal else { return }
    terminal.errors.write("\r\u{1B}[2K")
    terminal.errors.flush()
  }
}

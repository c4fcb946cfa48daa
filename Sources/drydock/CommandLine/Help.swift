import Diagnostics
import Report

/// Help, made from the declarations of the commands.
enum Help {
  static func overview(_ terminal: Terminal) {
    let style = terminal.style
    let language = terminal.language
    let intro = LocalizedText(
      en: "drydock: a local control plane for Istio traffic configuration", zh: "drydock：本地运行的 Istio 流量配置控制面")
    terminal.printLine(intro[language])
    terminal.printLine()
    terminal.printLine(style.heading(usageTitle[language]) + " drydock COMMAND [OPTIONS]")
    let commands = Commands.all.filter { !$0.isHidden }
    let width = commands.map(\.name.count).max() ?? 0
    for group in CommandSpec.Group.allCases {
      let members = commands.filter { $0.group == group }
      if members.isEmpty { continue }
      terminal.printLine()
      terminal.printLine(style.heading(title(of: group)[language]))
      for command in members {
        let padding = String(repeating: " ", count: width - command.name.count)
        terminal.printLine("  \(style.name(command.name))\(padding)  \(command.summary[language])")
      }
    }
    terminal.printLine()
    let more = LocalizedText(
      en: "'drydock COMMAND --help' tells more; 'drydock tour' shows it all on an example.",
      zh: "用 'drydock COMMAND --help' 查看详情；'drydock tour' 用示例演示全部流程。")
    terminal.printLine(more[language])
    let codes = LocalizedText(
      en: "Exit codes: 0 done, 1 the answer is no (problems, differences, a refusal), 2 it could not be tried.",
      zh: "退出码：0 完成；1 结果为否（有问题、有差异或被拒绝）；2 无法执行。")
    terminal.printLine(codes[language])
  }

  static func command(_ spec: CommandSpec, path: String, _ terminal: Terminal) {
    let style = terminal.style
    let language = terminal.language
    terminal.printLine(spec.summary[language])
    terminal.printLine()
    for (place, form) in spec.forms.enumerated() {
      let title = usageTitle[language]
      let blank = String(repeating: " ", count: TextWidth.columns(of: title))
      terminal.printLine("\(place == 0 ? style.heading(title) : blank) \(path) \(form)")
    }
    if let details = spec.details {
      terminal.printLine()
      for line in TextWrap.lines(details[language], width: min(terminal.width, 100)) { terminal.printLine(line) }
    }
    if !spec.subcommands.isEmpty {
      terminal.printLine()
      terminal.printLine(style.heading(LocalizedText(en: "Commands:", zh: "命令：")[language]))
      let width = spec.subcommands.map(\.name.count).max() ?? 0
      for command in spec.subcommands {
        let padding = String(repeating: " ", count: width - command.name.count)
        terminal.printLine("  \(style.name(command.name))\(padding)  \(command.summary[language])")
      }
    }
    if !spec.examples.isEmpty {
      terminal.printLine()
      terminal.printLine(style.heading(LocalizedText(en: "Examples:", zh: "示例：")[language]))
      for example in spec.examples {
        terminal.printLine("  " + style.faint("# " + example.text[language]))
        terminal.printLine("  " + example.command)
      }
    }
    terminal.printLine()
    terminal.printLine(style.heading(LocalizedText(en: "Options:", zh: "选项：")[language]))
    let options = spec.options + Options.global
    let width = min(34, options.map(\.usage.count).max() ?? 0)
    for option in options {
      var text = option.help[language]
      if !option.choices.isEmpty, option.long != "output" {
        text += " (\(option.choices.joined(separator: "|")))"
      }
      let padding = String(repeating: " ", count: max(0, width - option.usage.count))
      let lines = TextWrap.lines(text, width: max(30, min(terminal.width, 120) - width - 4))
      terminal.printLine("  \(style.name(option.usage))\(padding)  \(lines.first ?? "")")
      for line in lines.dropFirst() { terminal.printLine(String(repeating: " ", count: width + 4) + line) }
    }
  }

  private static let usageTitle = LocalizedText(en: "Usage:", zh: "用法：")

  private static func title(of group: CommandSpec.Group) -> LocalizedText {
    switch group {
    case .questions: LocalizedText(en: "Ask:", zh: "提问：")
    case .changes: LocalizedText(en: "Change:", zh: "变更：")
    case .reading: LocalizedText(en: "Read:", zh: "查看：")
    case .people: LocalizedText(en: "Review and hand over:", zh: "评审与交付：")
    case .upkeep: LocalizedText(en: "Look after the store:", zh: "维护存储：")
    case .other: LocalizedText(en: "Other:", zh: "其他：")
    }
  }
}

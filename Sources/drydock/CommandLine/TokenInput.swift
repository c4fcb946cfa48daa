import Diagnostics
import Glibc
import MeshModel
import Workbench

/// The token that a question carries: `--jwt`, or `--claims` in its place.
struct TokenInput {
  private let arguments: ParsedArguments

  static let jwt = OptionSpec.value(
    "jwt", nil, "FILE|TOKEN", completion: .file,
    LocalizedText(en: "a token to send along; it is neither stored nor printed", zh: "随请求发送的令牌;不会被存储或打印"))
  static let claims = OptionSpec.value(
    "claims", nil, "JSON",
    LocalizedText(
      en: "claims to be believed without a signature, such as '{\"sub\": \"anna\"}'",
      zh: "无需签名即被采信的声明,如 '{\"sub\": \"anna\"}'"))

  static let options = [jwt, claims]

  init(_ invocation: Invocation) {
    arguments = invocation.arguments
  }

  /// nil when none was given.
  func token(in snapshot: Snapshot) throws -> GivenToken? {
    do throws(GivenToken.Problem) {
      switch (arguments[Self.jwt], arguments[Self.claims]) {
      case (nil, nil): return nil
      case (let text?, nil): return try GivenToken(token: Self.bytes(text))
      case (nil, let text?): return try GivenToken(claims: Array(text.utf8), in: snapshot)
      case (_?, _?): break
      }
    } catch {
      throw CommandFailure(en: error.message.en, zh: error.message.zh)
    }
    throw CommandFailure(en: "give --jwt or --claims, not both", zh: "--jwt 与 --claims 只能给出一个")
  }

  /// What a file holds, or the word itself where no such file is.
  static func bytes(_ word: String) -> [UInt8] {
    let descriptor = word == "-" ? STDIN_FILENO : open(word, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return Array(word.utf8) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 14)
    while bytes.count < 1 << 20 {
      let got = read(descriptor, &block, block.count)
      if got <= 0 { break }
      bytes += block[..<got]
    }
    return bytes
  }
}

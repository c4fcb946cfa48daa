import Diagnostics
import Glibc
import MeshModel
import Workbench

/// The token that a question carries: `--jwt`, or `--claims` in its place.
struct TokenInput {
  private let arguments: ParsedArguments

  static let jwt = OptionSpec.value(
    "jwt", nil, "FILE|TOKEN", completion: .file,
    LocalizedText(en: "a token to send along; it is neither stored nor printed", zh: "随请求发送的令牌；不会被存储或打印"))
  static let claims = OptionSpec.value(
    "claims", nil, "JSON",
    LocalizedText(
      en: "claims to be believed without a signature, such as '{\"sub\": \"anna\"}'",
      zh: "无需签名即被采信的声明，如 '{\"sub\": \"anna\"}'"))

  static let options = [jwt, claims]

  init(_ invocation: Invocation) {
    arguments = invocation.arguments
  }

  /// nil when none was given.
  func token(in snapshot: Snapshot) throws -> GivenToken? {
    do {
      switch (arguments[Self.jwt], arguments[Self.claims]) {
      case (nil, nil): return nil
      case (let text?, nil): return try Self.token(text)
      case (nil, let text?): return try GivenToken(claims: Array(text.utf8), in: snapshot)
      case (_?, _?): break
      }
    } catch let error as GivenToken.Problem {
      throw CommandFailure(en: error.message.en, zh: error.message.zh)
    }
    throw CommandFailure(en: "give --jwt or --claims, not both", zh: "--jwt 与 --claims 只能给出一个")
  }

  /// A token by itself, or in a file.
  static func token(_ word: String) throws -> GivenToken {
    let bytes = bytes(word)
    // Neither a file nor anything like a token: most likely a file's name with a slip in it.
    let isWord = bytes.elementsEqual(word.utf8)
    guard !isWord || word.utf8.filter({ $0 == UInt8(ascii: ".") }).count == 2 else {
      throw CommandFailure(
        en: "there is no such file, and it is no token of three parts with dots between them",
        zh: "没有这样的文件，也不是由点分隔的三段式令牌")
    }
    do throws(GivenToken.Problem) {
      return try GivenToken(token: bytes)
    } catch {
      throw CommandFailure(en: error.message.en, zh: error.message.zh)
    }
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

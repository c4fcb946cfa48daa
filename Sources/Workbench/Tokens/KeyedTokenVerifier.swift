import Evaluation
import MeshCodec
import MeshModel
import ProxyModel
import Synchronization
import Tokens

/// Checks tokens against the key sets that the configuration holds; key sets are read once.
final class KeyedTokenVerifier: TokenVerifier {
  private let keySets = Mutex<[String: Result<KeySet, TokenProblem>]>([:])
  /// A token whose claims somebody vouches for.
  private let vouchedFor: [UInt8]?

  init(given: GivenToken?) {
    vouchedFor = given.flatMap { $0.isVouchedFor ? $0.text : nil }
  }

  func issuer(of token: [UInt8]) -> TokenIssuer {
    do throws(TokenProblem) {
      return .issuer(try Token(token).issuer)
    } catch {
      return .malformed(status: error.rawValue)
    }
  }

  func verify(_ text: [UInt8], for provider: JWTAuthentication.Provider, at time: Int64) -> TokenVerdict {
    do throws(TokenProblem) {
      let token = try Token(text)
      let isVouchedFor = text == vouchedFor
      // Keys come last: everything else is well when they are all that is missing.
      let keys = isVouchedFor ? .failure(.remoteKeysUnavailable) : keys(of: provider)
      switch token.problem(keys: keys, audiences: provider.audiences, at: time) {
      case nil: break
      case .remoteKeysUnavailable?:
        if !isVouchedFor { return .unverifiable(status: TokenProblem.remoteKeysUnavailable.rawValue) }
      case let problem?: return .bad(status: problem.rawValue)
      }
      return .good(claims: Value(token.claims), encodedPayload: token.encodedPayload)
    } catch {
      return .bad(status: error.rawValue)
    }
  }

  private func keys(of provider: JWTAuthentication.Provider) -> Result<KeySet, TokenProblem> {
    switch provider.keys {
    case .remote:
      return .failure(.remoteKeysUnavailable)
    case .inline(let text):
      return keySets.withLock { known in
        if let found = known[text] { return found }
        let read: Result<KeySet, TokenProblem>
        do throws(TokenProblem) { read = .success(try KeySet(text)) } catch { read = .failure(error) }
        known[text] = read
        return read
      }
    }
  }
}

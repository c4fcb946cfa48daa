import Evaluation
import MeshCodec
import MeshModel
import ProxyModel
import Synchronization
import Tokens

/// Checks tokens against the key sets that the configuration holds; key sets are read once.
final class KeyedTokenVerifier: TokenVerifier {
  private let keySets = Mutex<[String: Result<KeySet, TokenProblem>]>([:])

  func issuer(of token: [UInt8]) -> TokenIssuer {
    do throws(TokenProblem) {
      return .issuer(try Token(token).issuer)
    } catch {
      return .malformed(status: error.rawValue)
    }
  }

  func verify(_ token: [UInt8], for provider: JWTAuthentication.Provider, at time: Int64) -> TokenVerdict {
    do throws(TokenProblem) {
      let token = try Token(token)
      if let problem = token.problem(keys: keys(of: provider), audiences: provider.audiences, at: time) {
        return .bad(status: problem.rawValue)
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

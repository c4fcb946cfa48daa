import CSQLite

extension Connection {
  package enum TransactionKind: Sendable {
    /// Many reads of one state of the file.
    case read
    /// Takes the write lock at once, so that what is read cannot be changed by another before the commit.
    case write
  }

  /// Runs the body in one transaction: committed when it returns, rolled back when it throws.
  package func transaction<R, E: Error>(
    _ kind: TransactionKind, mapping: (SQLiteError) -> E, _ body: () throws(E) -> R
  ) throws(E) -> R {
    do {
      switch kind {
      case .read: try execute("BEGIN")
      case .write: try execute("BEGIN IMMEDIATE")
      }
    } catch { throw mapping(error) }
    let result: R
    do {
      result = try body()
    } catch {
      rollBack()
      throw error
    }
    do {
      try execute("COMMIT")
    } catch {
      rollBack()
      throw mapping(error)
    }
    return result
  }

  /// Undoes the open transaction. It is not counted as a step: the way back must not fail in a fault test.
  private func rollBack() {
    guard sqlite3_get_autocommit(handle) == 0 else { return }
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }
}

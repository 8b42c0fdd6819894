package import RulePacks
package import Tables

/// A pack that checks, or its faults.
package func loadedPack(at folder: String) throws(RunFailure) -> RulePack {
  do {
    return try loadRulePack(at: folder)
  } catch {
    throw RunFailure(.refused, error.faults.map(\.sentence))
  }
}

extension PackFault {
  /// `file:line:column: what — what to do` in both languages.
  package var sentence: Bilingual { Bilingual(zh: text(in: .zh), en: text(in: .en)) }
}

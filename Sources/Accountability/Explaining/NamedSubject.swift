import Fields
import Reports
import RulePacks
import Tables

extension RunResult {
  /// The id of the subject that a person names by the text of its identity: as reports show it, as
  /// it was delivered, or in another spelling; nil where there is none.
  ///
  /// - Parameters:
  ///   - key: by which texts with resident identity numbers were digested, if any were.
  func id(of text: String, key: [UInt8]?) -> String? {
    let names = subjectIDs(namedBy: text, key: key)
    for name in names where dossiers.subjects.contains(where: { $0.ids.contains(name) }) {
      return name
    }
    let wanted = matchingKey(text)
    for table in dossiers.subjects {
      for row in 0..<table.count where matchingKey(table.ids[row]) == wanted {
        return table.ids[row]
      }
    }
    return nil
  }
}

/// The ids that a subject may have whose identity reads so: the text itself, and with digests in
/// place of what may hold a resident identity number.
func subjectIDs(namedBy text: String, key: [UInt8]?) -> [String] {
  guard let key else { return [text] }
  let parts = text.split(separator: "·", omittingEmptySubsequences: false).map { part in
    ResidentID.digest(ofIdentity: Array(part.utf8).span, key: key)
  }
  let whole = ResidentID.digest(ofIdentity: Array(text.utf8).span, key: key)
  guard parts.count > 1 else { return [text, whole] }
  // Of a name and a number only the number may be digested.
  let pieces = text.split(separator: "·", omittingEmptySubsequences: false).map(String.init)
  var ids = [text, whole]
  for index in pieces.indices {
    var mixed = pieces
    mixed[index] = parts[index]
    ids.append(mixed.joined(separator: "·"))
  }
  return ids + [parts.joined(separator: "·")]
}

extension TextColumn {
  fileprivate func contains(_ text: String) -> Bool {
    (0..<count).contains { self[$0] == text }
  }
}

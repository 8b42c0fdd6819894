/// The name that differs least from a word that is not among them; nil where none is close.
public func nearestName(to word: String, among names: some Sequence<String>) -> String? {
  let wanted = Array(word.unicodeScalars)
  var best: (name: String, distance: Int)?
  for name in names {
    let candidate = Array(name.unicodeScalars)
    let allowed = max(1, max(wanted.count, candidate.count) / 3)
    guard abs(candidate.count - wanted.count) <= allowed else { continue }
    let found = distance(wanted, candidate)
    guard found <= allowed, found < max(wanted.count, candidate.count) else { continue }
    guard let known = best else {
      best = (name, found)
      continue
    }
    // Names come from dictionaries: the order must not decide between equals.
    if found < known.distance || (found == known.distance && name < known.name) {
      best = (name, found)
    }
  }
  return best?.name
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
private func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var before = [Int](repeating: 0, count: right.count + 1)
  var above = Array(0...right.count)
  var row = above
  for i in left.indices {
    row[0] = i + 1
    for j in right.indices {
      let replaced = above[j] + (left[i] == right[j] ? 0 : 1)
      row[j + 1] = min(replaced, min(above[j + 1], row[j]) + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        row[j + 1] = min(row[j + 1], before[j - 1] + 1)
      }
    }
    before = above
    above = row
  }
  return above[right.count]
}

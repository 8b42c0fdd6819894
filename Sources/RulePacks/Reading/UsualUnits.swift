import Fields
import Tables

extension Field {
  /// Adds what a column may count in beside what the dictionary says: thousands, ten thousands and
  /// so on of its unit, as headers of tables write them (`（百万元）`, `（万人）`).
  mutating func addUsualUnits() {
    let base: String
    switch type {
    case .money: base = "元"
    case .int, .decimal, .double: base = matchingKey(unit)
    default: return
    }
    // A column that counts in ten thousands is not multiplied once more.
    guard !base.isEmpty, type == .money ? headerUnits[base] != nil : scale == Exact(1) else {
      return
    }
    for (word, factor) in Field.multiples where headerUnits[word + base] == nil {
      headerUnits[word + base] = Exact(factor)
    }
  }

  private static let multiples: [(String, Int64)] = [
    ("", 1), ("百", 100), ("千", 1000), ("万", 10_000), ("十万", 100_000), ("百万", 1_000_000),
    ("千万", 10_000_000), ("亿", 100_000_000),
  ]
}

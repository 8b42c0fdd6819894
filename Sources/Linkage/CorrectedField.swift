import RulePacks

extension RulePack {
  /// The field of a record kind that somebody means who calls it as any file may: by its id, its
  /// label, another name of it, or what a source profile of the kind reads it from.
  ///
  /// - Returns: nil where no field is called so, or several are.
  func field(called heading: String, in record: Int) -> Int? {
    let key = Folding.key(of: heading)
    guard !key.isEmpty else { return nil }
    func named(_ text: String) -> Bool { Folding.key(of: text) == key }
    let fields = records[record].fields
    if let field = fields.firstIndex(where: { named($0.id) }) { return field }
    if let field = fields.firstIndex(where: { named($0.label) }) { return field }
    let others = fields.indices.filter { fields[$0].aliases.contains(where: named) }
    if !others.isEmpty { return others.count == 1 ? others[0] : nil }
    let read = sources.filter { $0.record == record }.flatMap(\.columns).filter { column in
      column.from.contains { path in
        named(path) || path.split(separator: "/").last.map { named(String($0)) } ?? false
      }
    }
    let meant = Set(read.map(\.field))
    return meant.count == 1 ? meant.first : nil
  }
}

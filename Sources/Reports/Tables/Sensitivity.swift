import RulePacks
import Tables

/// Which fields and facts may not appear in reports.
struct Sensitivity: Sendable {
  private let fields: [[Bool]]
  /// Ids and labels of fields that are not public, by record kind's id.
  private let names: [String: Set<String>]
  /// Ids and labels that belong to a field or fact that is not public, and to no public one.
  private let always: Set<String>

  init(_ pack: RulePack) {
    var names: [String: Set<String>] = [:]
    var hidden: Set<String> = []
    for record in pack.records {
      for field in record.fields where field.sensitivity != .open {
        hidden.formUnion([field.id, field.label])
        names[record.id, default: []].formUnion([field.id, field.label])
      }
    }
    let facts = pack.subjects.flatMap(\.facts)
    for fact in facts where fact.sensitivity != .open {
      hidden.formUnion([fact.id, fact.label])
    }
    // Most of a pack is public: it is only asked whether it bears a hidden name.
    var always = hidden
    for record in pack.records {
      for field in record.fields where field.sensitivity == .open && !always.isEmpty {
        always.remove(field.id)
        always.remove(field.label)
      }
    }
    for fact in facts where fact.sensitivity == .open && !always.isEmpty {
      always.remove(fact.id)
      always.remove(fact.label)
    }
    fields = pack.records.map { $0.fields.map { $0.sensitivity != .open } }
    self.names = names
    self.always = always
  }

  func hides(_ provenance: Provenance) -> Bool { fields[provenance.record][provenance.field] }

  /// Whether a fact or field may not appear, by its id or label alone; of a path such as
  /// `unit.owner` any part counts.
  func hides(_ name: String) -> Bool {
    always.contains(name)
      || name.split(whereSeparator: { $0 == "." || $0 == "·" }).contains {
        always.contains(String($0))
      }
  }

  /// Whether a field of a record kind may not appear.
  func hides(_ field: String, ofRecord record: String) -> Bool {
    names[record]?.contains(field) ?? hides(field)
  }
}

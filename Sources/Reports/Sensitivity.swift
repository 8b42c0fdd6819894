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
    var open: Set<String> = []
    for record in pack.records {
      for field in record.fields {
        if field.sensitivity == .open {
          open.formUnion([field.id, field.label])
        } else {
          hidden.formUnion([field.id, field.label])
          names[record.id, default: []].formUnion([field.id, field.label])
        }
      }
    }
    for fact in pack.subjects.flatMap(\.facts) {
      if fact.sensitivity == .open {
        open.formUnion([fact.id, fact.label])
      } else {
        hidden.formUnion([fact.id, fact.label])
      }
    }
    fields = pack.records.map { $0.fields.map { $0.sensitivity != .open } }
    self.names = names
    always = hidden.subtracting(open)
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

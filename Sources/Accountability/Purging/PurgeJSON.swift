package import Requests
package import RulePacks
package import Tables

/// What is due, held and kept, for machines and for the proof of a purge.
extension PurgePlan {
  package var json: JSON {
    .object([
      .init(name: "as_of", value: .string(asOf.description)),
      .init(name: "due", value: itemsJSON),
      .init(name: "unreadable", value: .array(unreadable.map { .string($0.en) })),
      .init(name: "held", value: holdsJSON),
      .init(name: "kept", value: .array(kept.map { .string($0.en) })),
    ])
  }

  var itemsJSON: JSON {
    .array(
      items.map { item in
        .object([
          .init(name: "run", value: .string(item.run)),
          .init(name: "of", value: .string(item.content.rawValue)),
          .init(name: "path", value: .string(item.path)),
          .init(name: "bytes", value: .count(item.bytes)),
          .init(name: "sha256", value: .string(item.sha256)),
          .init(name: "due", value: .string(item.due.description)),
          .init(name: "keep", value: .string(item.keep.shown.en)),
          .init(name: "keep_zh", value: .string(item.keep.shown.zh)),
          .init(name: "basis", value: .string(item.basis)),
        ])
      })
  }

  var holdsJSON: JSON {
    .array(
      holds.map { held in
        .object([
          .init(name: "run", value: .string(held.run)),
          .init(name: "reason", value: .string(held.reason.zh)),
          .init(name: "reason_en", value: .string(held.reason.en)),
        ])
      })
  }
}

extension Retention.Period {
  package var shown: Bilingual {
    switch unit {
    case .days: Bilingual(zh: "\(count) 日", en: "\(count) days")
    case .months: Bilingual(zh: "\(count) 个月", en: "\(count) months")
    case .years: Bilingual(zh: "\(count) 年", en: "\(count) years")
    }
  }
}

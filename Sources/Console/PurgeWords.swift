package import Accountability
import Requests
import RulePacks
package import Tables

/// How many paths of one run and sort are listed on a terminal; the proof has all.
private let shownPaths = 40

extension PurgePlan {
  /// What is due, for people.
  package func lines(in language: Language) -> [String] {
    func say(_ zh: String, _ en: String) -> String {
      Bilingual(zh: zh, en: en).text(in: language)
    }
    let isNothingDue = items.isEmpty && unreadable.isEmpty && holds.isEmpty
    var lines = [
      isNothingDue
        ? say("\(asOf)：没有到期的数据", "\(asOf): nothing is due")
        : items.isEmpty && unreadable.isEmpty
          ? say(
            "\(asOf)：到期的数据都不得清除", "\(asOf): all that is due is held")
          : say(
            "\(asOf)：到期 \(items.count) 项，\(size) 字节", "\(asOf): \(items.count) due, \(size) bytes")
    ]
    for group in groups {
      guard let first = group.first else { continue }
      lines.append(
        say(
          "\(first.run)  \(first.content.title.zh)：\(group.count) 项；保存 \(first.keep.shown.zh)，\(first.due) 到期；依据：\(first.basis)",
          "\(first.run)  \(first.content.title.en): \(group.count); kept for \(first.keep.shown.en), due since \(first.due); basis: \(first.basis)"
        ))
      lines += group.prefix(shownPaths).map {
        "  \($0.path)  \($0.bytes)  \($0.sha256.prefix(16))…"
      }
      if group.count > shownPaths {
        lines.append(
          say("  另有 \(group.count - shownPaths) 项", "  and \(group.count - shownPaths) more"))
      }
    }
    lines += unreadable.map { $0.text(in: language) }
    lines += holds.map { held in
      say("\(held.run)：到期但不得清除：\(held.reason.zh)", "\(held.run): due, but held: \(held.reason.en)")
    }
    return lines + kept.map { $0.text(in: language) }
  }

  private var size: Int { items.reduce(0) { $0 + $1.bytes } }

  /// Items of one run and sort, in the order in which they were found.
  private var groups: [[Item]] {
    var groups: [[Item]] = []
    for item in items {
      if let last = groups.last?.last, last.run == item.run, last.content == item.content,
        last.due == item.due
      {
        groups[groups.count - 1].append(item)
      } else {
        groups.append([item])
      }
    }
    return groups
  }

  /// The plan in a machine's words.
  package var text: String { json.written }
}

extension Purged {
  /// What was done, for people.
  package func lines(in language: Language) -> [String] {
    guard number > 0 else { return plan.lines(in: language) }
    let outcome =
      left.isEmpty
      ? Bilingual(
        zh: "已清除并复查：没有遗留。证明：\(proof)（SHA-256 和依据逐项列明），运行记录中存有第 \(number) 次清除。备份和已交出的副本不在此列。",
        en:
          "Removed, and looked for again: nothing is left. Proof: \(proof), with the SHA-256 and rule of each; the ledger keeps purge \(number). Backups and copies handed out are not reached."
      )
      : Bilingual(
        zh: "清除后仍有遗留（证明：\(proof)）：", en: "Something is left after the purge (proof: \(proof)):")
    return plan.lines(in: language) + [outcome.text(in: language)]
      + left.map { "  " + $0.text(in: language) }
  }

  /// The same for machines.
  package var text: String {
    JSON.object([
      .init(name: "purge", value: .count(number)),
      .init(name: "proof", value: .string(proof)),
      .init(name: "left", value: .array(left.map { .string($0.en) })),
      .init(name: "plan", value: plan.json),
    ]).written
  }
}

extension Retention.Content {
  fileprivate var title: Bilingual {
    switch self {
    case .deliveries: Bilingual(zh: "报送文件", en: "delivered files")
    case .explanations: Bilingual(zh: "逐项说明和数据行", en: "explanations and rows of facts")
    case .reports: Bilingual(zh: "已发布报告", en: "published reports")
    case .results: Bilingual(zh: "运行记录中的结果", en: "results in the ledger")
    case .facts: Bilingual(zh: "运行记录中的指标依据", en: "facts in the ledger")
    }
  }
}

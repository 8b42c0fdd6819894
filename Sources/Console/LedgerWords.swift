package import Accountability
import Requests
package import Tables

extension LedgerCheck {
  package var line: Bilingual {
    faults.isEmpty
      ? Bilingual(
        zh: "运行记录：\(runs) 个批次，没有损坏，与已发布的报告一致",
        en: "ledger: \(runs) runs, nothing is damaged, and it agrees with the published reports")
      : Bilingual(
        zh: "运行记录：\(runs) 个批次，\(faults.count) 个问题",
        en: "ledger: \(runs) runs, \(faults.count) things are wrong")
  }

  package var json: String {
    JSON.object([
      .init(name: "runs", value: .count(runs)),
      .init(name: "faults", value: .array(faults.map(\.json))),
    ]).written
  }
}

extension RebuiltLedger {
  package var lines: [Bilingual] {
    [
      Bilingual(
        zh: "运行记录已重建：完整的 \(whole.count) 个批次，只有清单的 \(withoutResults.count) 个",
        en:
          "the ledger was made anew: \(whole.count) runs whole, \(withoutResults.count) with their "
          + "manifest alone")
    ]
      + withoutResults.map { run, reason in
        Bilingual(
          zh: "\(run)：没有结果和历史 — \(reason.zh)", en: "\(run): without results — \(reason.en)")
      }
      + (kept.map {
        [Bilingual(zh: "原来的文件：\($0)", en: "the old file is kept: \($0)")]
      } ?? [])
  }

  package var json: String {
    JSON.object([
      .init(name: "whole", value: .array(whole.map { .string($0) })),
      .init(
        name: "without_results",
        value: .array(
          withoutResults.map { run, reason in
            .object([
              .init(name: "run", value: .string(run)), .init(name: "reason", value: reason.json),
            ])
          })),
      .init(name: "kept", value: .string(kept ?? "")),
    ]).written
  }
}

package func ledgerBackupLine(_ path: String) -> Bilingual {
  Bilingual(zh: "已备份：\(path)", en: "backed up: \(path)")
}

/// `{"backup": path}`.
package func ledgerBackupJSON(_ path: String) -> String {
  JSON.object([.init(name: "backup", value: .string(path))]).written
}

extension Bilingual {
  fileprivate var json: JSON {
    .object([.init(name: "zh", value: .string(zh)), .init(name: "en", value: .string(en))])
  }
}

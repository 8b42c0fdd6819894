import Labels
package import Pipeline
import Reports
import Requests
import RulePacks
package import Tables

extension CheckedDelivery {
  /// Files with their profiles, then the findings by rule, then what a run would do.
  package func lines(in language: Language) -> [String] {
    var lines = evaluated.files.map { file in
      let profile = evaluated.pack.title(ofProfile: file.profile)
      let counts = RowLabel.counts(
        accepted: file.accepted, returned: file.quarantined, superseded: file.superseded)
      return Bilingual(
        zh:
          "\(file.path)：\(profile)，\(file.encoding)（\(file.encodingEvidence)），读入 \(file.read)，\(counts.zh)",
        en:
          "\(file.path): \(profile), \(file.encoding) (\(file.encodingEvidence)), \(file.read) read, \(counts.en)"
      ).text(in: language)
    }
    lines += evaluated.quarantineLines(in: language)
    lines += evaluated.findingLines(in: language)
    lines += evaluated.summary(in: language)
    return lines
  }

  /// What a run of the same delivery will need, known from what checking it took.
  ///
  /// - Parameter peak: bytes of memory that the process has held at most.
  package static func memoryLine(peak: Int) -> Bilingual {
    let megabytes = grouped((peak + 999_999) / 1_000_000)
    return Bilingual(
      zh: "内存：检查最多占用 \(megabytes) MB；heng run 需要差不多同样多，请留出五分之一的余量",
      en: "memory: checking took \(megabytes) MB at most; heng run needs about as much, so allow a "
        + "fifth more")
  }

  /// The same for machines.
  package var json: String {
    var summary = evaluated.machineSummary
    summary["exceeded"] = exceeded.map(\.en)
    return jsonText(summary)
  }
}

extension RunResult {
  /// The first rows in quarantine, as `file:line:column: what — what to do`.
  fileprivate func quarantineLines(in language: Language) -> [String] {
    quarantine.prefix(20).flatMap { row in
      row.faults.map { fault in
        let path = files[Int(row.place.file)].path
        return
          "\(path):\(row.place.line):1: \(fault.message.text(in: language)) — \(fault.cure.text(in: language))"
      }
    }
      + remainder(
        quarantine.count - 20,
        Bilingual(
          zh: "条\(RowLabel.returned.label.zh)", en: "rows \(RowLabel.returned.label.en)"), language)
  }

  /// The first findings of each rule.
  fileprivate func findingLines(in language: Language) -> [String] {
    var byRule: [String: [Finding]] = [:]
    for finding in findings { byRule[finding.rule, default: []].append(finding) }
    return byRule.sorted { $0.key < $1.key }.flatMap { rule, findings in
      ["\(pack.label(ofFindingKind: rule).text(in: language)) × \(findings.count)"]
        + findings.prefix(5).map { finding in
          let place = finding.place.map { "\(files[Int($0.file)].path):\($0.line):1: " } ?? ""
          return
            "  \(place)\(finding.message.text(in: language)) — \(finding.cure.text(in: language))"
        }
    }
  }

  private func remainder(_ count: Int, _ what: Bilingual, _ language: Language) -> [String] {
    guard count > 0 else { return [] }
    return [
      Bilingual(zh: "……另有 \(count) \(what.zh)", en: "… and \(count) more \(what.en)").text(
        in: language)
    ]
  }
}

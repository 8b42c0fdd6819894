import Fields
import RulePacks
import Tables

/// Numbers that a file states about itself, compared with what was counted.
extension RowTaker {
  /// Compares the numeric columns of a total row with the sums over the rows before it; a total of
  /// all rows and one of those since the last total row are both right.
  mutating func compareTotals(
    _ bytes: Span<UInt8>, _ cells: Span<CellRange>, line: Int
  ) -> [ControlTotal] {
    var controls: [ControlTotal] = []
    for field in totals.fields {
      guard let stated = number(of: field, bytes, cells) else { continue }
      let all = totals.all[field]
      let agrees = stated == all || stated == totals.sinceLast[field]
      let counted = agrees ? stated : all
      controls.append(
        control(
          plan.kind.fields[field].id, label: plan.kind.fields[field].label,
          stated: shownNumber(field, stated), counted: counted.map { shownNumber(field, $0) } ?? "",
          line: line, agrees: agrees))
    }
    totals.restart()
    return controls
  }

  /// Compares a number that stands elsewhere in the file with the rows or a sum over them.
  mutating func compare(
    _ control: SourceProfile.Control, stated text: String, line: Int
  ) -> ControlTotal {
    var key: [UInt8] = []
    appendSanitised(Array(text.utf8).span, to: &key)
    switch control.counts {
    case .rows:
      let stated = try? NumberRules().whole(key.span)
      return self.control(
        "rows", label: "rows", stated: text, counted: "\(delivered)", line: line,
        agrees: stated == Int64(delivered))
    case .sum(let field):
      let stated = readNumber(field, key.span)
      let counted = totals.all[field]
      return self.control(
        plan.kind.fields[field].id, label: plan.kind.fields[field].label,
        stated: stated.map { shownNumber(field, $0) } ?? text,
        counted: counted.map { shownNumber(field, $0) } ?? "", line: line,
        agrees: stated != nil && stated == counted)
    }
  }

  private mutating func control(
    _ what: String, label: String, stated: String, counted: String, line: Int, agrees: Bool
  ) -> ControlTotal {
    if !agrees {
      let rows = what == "rows"
      findings.append(
        Finding(
          .warning, "control-total",
          place: Place(file: file, line: UInt32(clamping: line), record: 0),
          field: rows ? nil : what,
          message: Bilingual(
            zh: rows
              ? "文件称共 \(stated) 行，实际读到 \(counted) 行"
              : "文件中“\(label)”的合计为 \(stated)，各行相加为 \(counted)",
            en: rows
              ? "the file speaks of \(stated) rows, \(counted) were read"
              : "the file's total of “\(label)” is \(stated), its rows add up to \(counted)"),
          cure: Bilingual(
            zh: "请核对是否漏行或改数，必要时重新导出",
            en: "look for rows left out or numbers changed, and export again if need be")))
    }
    return ControlTotal(what: what, stated: stated, counted: counted, line: line, agrees: agrees)
  }

  private func number(of field: Int, _ bytes: Span<UInt8>, _ cells: Span<CellRange>) -> Int64? {
    let slot = Int(simple[field].slot)
    guard slot >= 0, slot < cells.count, cells[slot].start >= 0 else { return nil }
    let text = content(field, bytes, cells[slot])
    guard !text.isEmpty else { return nil }
    return readNumber(field, bytes.extracting(text))
  }

  private func readNumber(_ field: Int, _ text: Span<UInt8>) -> Int64? {
    guard let rule = plan.fields[field].rules.first else { return nil }
    if simple[field].type == .int { return try? rule.numbers.whole(text) }
    return (try? rule.numbers.decimal(text))?.millionths
  }

  private func shownNumber(_ field: Int, _ number: Int64) -> String {
    simple[field].type == .int ? "\(number)" : "\(Exact(millionths: number))"
  }
}

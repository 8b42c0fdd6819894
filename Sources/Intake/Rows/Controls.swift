import Fields
import RulePacks
import Tables

/// Rows of a file, or of a part of it, and the sums over them by field; nil once out of range.
struct PartCounts: Sendable {
  var rows: Int
  var sums: [Int64?]

  /// What came after an earlier count.
  func since(_ begin: PartCounts) -> PartCounts {
    PartCounts(
      rows: rows - begin.rows,
      sums: zip(sums, begin.sums).map { now, before in
        guard let now, let before else { return nil }
        let (sum, overflow) = now.subtractingReportingOverflow(before)
        return overflow ? nil : sum
      })
  }
}

/// What a file says of a part of itself, with the lines it stands on, and what was counted.
struct CountedPart: Sendable {
  var stated: [(text: String, line: Int)]
  var counts: PartCounts
}

/// The numbers of a total row, in millionths or whole, by field.
struct StatedTotals: Sendable {
  var numbers: [(field: Int, stated: Int64)]
  var line: Int
}

/// Numbers that a file states about itself, compared with what was counted.
extension RowReader {
  /// Takes a total row: compared with the rows before it or, where totals stand above their rows,
  /// with those up to the next total row.
  mutating func compareTotals(
    _ bytes: Span<UInt8>, _ cells: Span<CellRange>, line: Int
  ) -> [ControlTotal] {
    let stated = StatedTotals(
      numbers: totals.fields.compactMap { field in
        number(of: field, bytes, cells).map { (field, $0) }
      }, line: line)
    let hasRows = delivered > deliveredAtTotal
    deliveredAtTotal = delivered
    guard !totalsAbove.isEmpty || delivered == 0 else { return compare(stated) }
    let done = hasRows ? totalsAbove.popLast().map { compare($0) } ?? [] : []
    totalsAbove.append(stated)
    return done
  }

  /// Compares the total rows whose rows end with the table.
  mutating func settleTotals() -> [ControlTotal] {
    var controls: [ControlTotal] = []
    while let stated = totalsAbove.popLast() { controls.append(contentsOf: compare(stated)) }
    return controls
  }

  /// A total of all rows and one of those since the last total row are both right.
  private mutating func compare(_ total: StatedTotals) -> [ControlTotal] {
    var controls: [ControlTotal] = []
    for (field, stated) in total.numbers {
      let all = totals.all[field]
      let agrees = stated == all || stated == totals.sinceLast[field]
      let counted = agrees ? stated : all
      controls.append(
        control(
          plan.kind.fields[field].id, label: plan.kind.fields[field].label,
          stated: shownNumber(field, stated), counted: counted.map { shownNumber(field, $0) } ?? "",
          line: total.line, agrees: agrees))
    }
    totals.restart()
    return controls
  }

  /// Compares the number of records that a list in pages speaks of with those that were delivered.
  mutating func comparePages(records: Int, line: Int) -> ControlTotal {
    control(
      "rows", label: "rows", stated: "\(records)", counted: "\(delivered)", line: line,
      agrees: records == delivered, isPaged: records > delivered)
  }

  /// Compares numbers that stand elsewhere in the file, one for each of its parts, with the rows or
  /// a sum over them.
  ///
  /// - Parameter parts: with the lines that they stand on; empty where the file has none, which
  ///   counts as not agreeing.
  mutating func compare(
    _ control: SourceProfile.Control, stated parts: [(text: String, line: Int)]
  ) -> ControlTotal {
    let counts = PartCounts(rows: delivered, sums: totals.all)
    return compare(control, CountedPart(stated: parts, counts: counts))
  }

  /// The same for a control of which each is compared with the rows of its own part of the file.
  mutating func compare(
    _ control: SourceProfile.Control, parts: [CountedPart]
  ) -> ControlTotal {
    let compared = parts.map { compare(control, $0) }
    guard let first = compared.first else { return compare(control, stated: []) }
    return ControlTotal(
      what: first.what, stated: compared.map(\.stated).joined(separator: ", "),
      counted: compared.map(\.counted).joined(separator: ", "), line: first.line,
      agrees: compared.allSatisfy(\.agrees))
  }

  private mutating func compare(
    _ control: SourceProfile.Control, _ part: CountedPart
  ) -> ControlTotal {
    let parts = part.stated
    let line = parts.first?.line ?? 1
    let text = parts.map(\.text).joined(separator: " + ")
    let what: (id: String, label: String)
    let stated: Int64?
    let counted: String
    let agrees: Bool
    switch control.counts {
    case .rows:
      what = ("rows", "rows")
      stated = sum(of: parts) { try? NumberRules().whole($0) }
      counted = "\(part.counts.rows)"
      agrees = stated == Int64(part.counts.rows)
    case .sum(let field):
      what = (plan.kind.fields[field].id, plan.kind.fields[field].label)
      stated = sum(of: parts) { readNumber(field, $0) }
      let sum = part.counts.sums[field] ?? (part.counts.rows == 0 ? 0 : nil)
      counted = sum.map { shownNumber(field, $0) } ?? ""
      agrees = stated != nil && stated == sum
      if let stated, parts.count == 1 {
        return self.control(
          what.id, label: what.label, stated: shownNumber(field, stated), counted: counted,
          line: line, agrees: agrees)
      }
    }
    guard stated != nil else {
      findings.append(controlFinding(control, what.label, text, line))
      return ControlTotal(
        what: what.id, stated: text, counted: counted, line: line, agrees: false)
    }
    return self.control(
      what.id, label: what.label, stated: text, counted: counted, line: line, agrees: agrees)
  }

  /// The sum of all parts; nil where there are none or one is no number.
  private func sum(
    of parts: [(text: String, line: Int)], _ read: (Span<UInt8>) -> Int64?
  ) -> Int64? {
    var sum: Int64 = 0
    for part in parts {
      var key: [UInt8] = []
      appendSanitised(Array(part.text.utf8).span, to: &key)
      guard let number = read(key.span) else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(number)
      guard !overflow else { return nil }
      sum = next
    }
    return parts.isEmpty ? nil : sum
  }

  /// A control total that is not there, or no number.
  private func controlFinding(
    _ control: SourceProfile.Control, _ label: String, _ text: String, _ line: Int
  ) -> Finding {
    let path = control.from?.joined(separator: "/") ?? ""
    let isAbsent = text.isEmpty
    return Finding(
      .warning, "control-missing",
      place: Place(file: file, line: UInt32(clamping: line), record: 0),
      message: Bilingual(
        zh: isAbsent
          ? "文件中没有合计数“\(path)”（\(plan.profile.place):\(control.line)），无法核对是否完整"
          : "合计数“\(path)”写的是“\(text)”，不是数字，无法核对是否完整",
        en: isAbsent
          ? "the file has no control total “\(path)” (\(plan.profile.place):\(control.line)), so "
            + "nobody can tell whether it is whole"
          : "the control total “\(path)” reads “\(text)”, which is not a number, so nobody can "
            + "tell whether the file is whole"),
      cure: Bilingual(
        zh: "请核对文件是否完整；导出程序改了名称的，请更正来源配置",
        en: "see whether the file is whole; correct the source profile if the export has changed "
          + "the name"))
  }

  private mutating func control(
    _ what: String, label: String, stated: String, counted: String, line: Int, agrees: Bool,
    isPaged: Bool = false
  ) -> ControlTotal {
    if !agrees {
      let rows = what == "rows"
      findings.append(
        Finding(
          isPaged ? .error : .warning, "control-total",
          place: Place(file: file, line: UInt32(clamping: line), record: 0),
          field: rows ? nil : what,
          message: Bilingual(
            zh: rows
              ? "文件称共 \(stated) 行，实际读到 \(counted) 行"
              : "文件中“\(label)”的合计为 \(stated)，各行相加为 \(counted)",
            en: rows
              ? "the file speaks of \(stated) rows, \(counted) were read"
              : "the file's total of “\(label)” is \(stated), its rows add up to \(counted)"),
          cure: isPaged
            ? .exportAllPages
            : Bilingual(
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

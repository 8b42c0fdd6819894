/// What stands before and after the rows.
extension PartWriter {
  var headLines: Int {
    switch plan.sheet.format {
    case .csv(let csv): return csv.titles.count + (csv.isTwoLined ? 2 : 1)
    case .xml:
      return 2 + (elementControls.isEmpty ? 0 : 1)
    }
  }

  private var elementControls: [Sheet.Control] {
    plan.sheet.controls.filter { !($0.path.last ?? "@").hasPrefix("@") }
  }

  consuming func finished() -> Written {
    var out: [UInt8] = []
    out.reserveCapacity(body.count + 4096)
    if plan.sheet.hasMark, plan.sheet.encoding == .utf8 { out += [0xEF, 0xBB, 0xBF] }
    switch plan.sheet.format {
    case .xml(let xml):
      out += xmlHead(xml)
      out += body
      if isOpen, xml.path.count > 2 {
        for tag in xml.path.dropFirst().dropLast().reversed() {
          out += encoded("</\(tag)>" + plan.sheet.lineEnd)
        }
      }
      out += encoded("</\(xml.path.first ?? "data")>" + plan.sheet.lineEnd)
    case .csv(let csv):
      out += csvHead(csv)
      out += body
      out += csvFoot(csv)
    }
    for expectation in plan.sheet.expectations {
      result.planted.append(Planted(file: part.file, line: 0, expectation: expectation))
    }
    result.bytes = plan.sheet.encoding == .utf16 ? Encoding.utf16(out) : out
    return result
  }

  private func xmlHead(_ xml: Sheet.XML) -> [UInt8] {
    let end = plan.sheet.lineEnd
    var root = "<\(xml.path.first ?? "data")"
    for control in plan.sheet.controls {
      guard let last = control.path.last, last.hasPrefix("@") else { continue }
      root += " \(last.dropFirst())=\"\(figure(control))\""
    }
    var head = encoded("<?xml version=\"1.0\" encoding=\"\(xml.declared)\"?>\(end)\(root)")
    if xml.path.count == 2 { head += outside }
    head += encoded(">" + end)
    var elements = ""
    var open: [String] = []
    for control in elementControls {
      let path = Array(control.path.dropFirst())
      let parents = Array(path.dropLast())
      if parents != open {
        for tag in open.reversed() { elements += "</\(tag)>" }
        for tag in parents { elements += "<\(tag)>" }
        open = parents
      }
      elements += "<\(path.last ?? "count")>\(figure(control))</\(path.last ?? "count")>"
    }
    for tag in open.reversed() { elements += "</\(tag)>" }
    if !elements.isEmpty { head += encoded(elements + end) }
    return head
  }

  /// The number that a control states.
  private func figure(_ control: Sheet.Control) -> String {
    // A sum in the head of a file is in base units, however the rows are delivered.
    control.column.map { "\(sums[$0])" } ?? "\(result.rows)"
  }

  private func figure(ofColumn column: Int, off: Int64) -> String {
    guard case .scaled(let unit)? = plan.sheet.sections.first?.cells[column].form else {
      return "\(sums[column] + off)"
    }
    var digits: [UInt8] = []
    SheetPlan.appendQuantity(sums[column] + off * unit, in: unit, to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }

  private func csvHead(_ csv: Sheet.CSV) -> [UInt8] {
    let separators = plan.sheet.columns.count - (csv.serial == nil ? 1 : 0)
    let tail = String(repeating: csv.separator, count: max(separators, 0)) + plan.sheet.lineEnd
    var head = csv.titles.map { quoted($0, csv) + tail }.joined()
    var headings = plan.sheet.columns.map { quoted($0.heading, csv) }
    var uppers: [String] = []
    for (index, column) in plan.sheet.columns.enumerated() {
      let isSame = index > 0 && plan.sheet.columns[index - 1].upper == column.upper
      uppers.append(isSame ? "" : quoted(column.upper, csv))
    }
    if let serial = csv.serial {
      headings.insert(serial, at: 0)
      uppers.insert("", at: 0)
    }
    if csv.isTwoLined { head += uppers.joined(separator: csv.separator) + plan.sheet.lineEnd }
    return encoded(head + headings.joined(separator: csv.separator) + plan.sheet.lineEnd)
  }

  private mutating func csvFoot(_ csv: Sheet.CSV) -> [UInt8] {
    var foot: [UInt8] = []
    if let totals = csv.totals {
      var cells = plan.sheet.columns.indices.map { column in
        totals.columns.contains(column)
          ? figure(ofColumn: column, off: totals.off[column] ?? 0) : ""
      }
      if csv.serial == nil { cells[0] = totals.label } else { cells.insert(totals.label, at: 0) }
      foot += encoded(cells.joined(separator: csv.separator) + plan.sheet.lineEnd)
      line += 1
      if let expectation = totals.expectation {
        let wrong = totals.off.keys.sorted().map { plan.sheet.columns[$0].heading }
        result.planted.append(
          Planted(
            file: part.file, line: line, column: wrong.joined(separator: " "),
            written: totals.off.keys.sorted().map { column in
              figure(ofColumn: column, off: totals.off[column] ?? 0)
            }.joined(separator: " "), expectation: expectation))
      }
    }
    for footer in csv.footers { foot += encoded(quoted(footer, csv) + plan.sheet.lineEnd) }
    return foot
  }

  private func quoted(_ text: String, _ csv: Sheet.CSV) -> String {
    text.contains(csv.separator) || text.contains("\"")
      ? "\"" + Escaping.quoted.applied(to: text) + "\"" : text
  }
}

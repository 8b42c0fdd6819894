import Tables

/// What is read of a workbook before its first row.
struct WorkbookParts {
  let sheets: [Workbook.Sheet]
  let sharedTexts: SharedTexts
  let styles: WorkbookStyles
  let dates: DateSystem
  let hasLinks: Bool
  /// The part with properties of the document's own making.
  let customProperties: String?

  init(
    _ archive: borrowing ZipArchive, _ limits: WorkbookLimits, allowsLinks: Bool
  ) throws(WorkbookFault) {
    let whole = try archive.relations(of: "", limits)
    customProperties = whole.first { $0.kind == "custom-properties" && !$0.isExternal }?.target
    let main = whole.first { $0.kind == "officeDocument" }
    guard let main, !main.isExternal, !main.target.lowercased().hasSuffix(".bin"),
      archive.index(of: main.target) != nil
    else {
      throw WorkbookFault(
        .notAWorkbook, zh: "不是工作簿 — 请另存为“Excel 工作簿（.xlsx）”",
        en: "this is no workbook — save it as “Excel Workbook (.xlsx)”")
    }
    var relations = try archive.relations(of: main.target, limits)
    let outside = relations.first { $0.isExternal || $0.kind == "externalLink" }
    hasLinks = outside != nil
    relations.removeAll { $0.isExternal || $0.kind == "externalLink" }
    if let outside, !allowsLinks {
      throw WorkbookFault(
        .unsafe, zh: "工作簿引用了别的文件（\(outside.target)） — 请把引用改为数值后另存一份",
        en: "the workbook takes values from another file (\(outside.target)) — turn them into "
          + "plain values and save it again")
    }
    let list = try archive.sheetList(of: main.target, limits)
    var sheets: [Workbook.Sheet] = []
    for sheet in list.sheets {
      let relation = relations.first { $0.id == sheet.relation }
      guard let relation, archive.index(of: relation.target) != nil else {
        throw .damaged(main.target, sheet.name)
      }
      sheets.append(
        Workbook.Sheet(name: sheet.name, isHidden: sheet.isHidden, part: relation.target))
    }
    func target(_ kind: String) -> String? { relations.first { $0.kind == kind }?.target }
    self.sheets = sheets
    sharedTexts = try archive.sharedTexts(target("sharedStrings"), limits)
    styles = try archive.styles(target("styles"), limits)
    dates = list.dates
  }
}

/// How a part of the package is tied to another.
struct PartRelation {
  var id: String
  /// The last word of its type, e.g. `worksheet`.
  var kind: String
  /// Path within the package, unless it is external.
  var target: String
  var isExternal: Bool
}

/// Which day is 0.
enum DateSystem: Sendable { case from1900, from1904 }

/// Texts that cells share by number, end to end.
struct SharedTexts: Sendable {
  fileprivate(set) var bytes: [UInt8] = []
  fileprivate(set) var ends: [Int] = []
  /// By number, the texts of which something is crossed out.
  fileprivate(set) var strikes: [Int: Strike] = [:]

  subscript(index: Int) -> String? {
    guard ends.indices.contains(index) else { return nil }
    let start = index == 0 ? 0 : ends[index - 1]
    return unescaped(String(decoding: bytes[start..<ends[index]], as: UTF8.self))
  }
}

extension ZipArchive {
  /// Reads a whole part.
  func listen(
    to part: String, most: Int, _ listener: XMLListener
  ) throws(WorkbookFault) {
    guard let index = index(of: part) else { throw .damaged(part, "missing") }
    guard entries[index].size <= most else {
      throw .tooLarge(
        Bilingual(
          zh: "工作簿的“\(part)”过大", en: "“\(part)” of the workbook is too large"))
    }
    guard let parser = XMLParser(listener) else {
      throw .damaged(part, "memory")
    }
    try read(index) { piece throws(WorkbookFault) in
      try parser.pushPart(piece, of: part)
    }
    try parser.finishPart(part)
  }

  /// The relations of a part; those of the package as a whole for the empty name.
  func relations(
    of part: String, _ limits: WorkbookLimits
  ) throws(WorkbookFault) -> [PartRelation] {
    let folder = part.split(separator: "/").dropLast().map { String($0) }
    let file = part.split(separator: "/").last.map { String($0) } ?? ""
    let path = (folder + ["_rels", file + ".rels"]).joined(separator: "/")
    guard index(of: path) != nil else { return [] }
    var relations: [PartRelation] = []
    try listen(
      to: path, most: limits.kept,
      XMLListener(
        open: { name, attributes in
          guard name == "Relationship" else { return }
          let isExternal = attributes["TargetMode"] == "External"
          let target = attributes["Target"] ?? ""
          relations.append(
            PartRelation(
              id: attributes["Id"] ?? "",
              kind: attributes["Type"]?.split(separator: "/").last.map { String($0) } ?? "",
              target: isExternal ? target : resolved(target, in: folder),
              isExternal: isExternal))
        }, close: { _ in }, text: { _ in }))
    return relations
  }

  /// Names and states of the sheets, and which day is 0.
  func sheetList(
    of part: String, _ limits: WorkbookLimits
  ) throws(WorkbookFault) -> (
    sheets: [(name: String, isHidden: Bool, relation: String)], dates: DateSystem
  ) {
    var sheets: [(name: String, isHidden: Bool, relation: String)] = []
    var dates = DateSystem.from1900
    try listen(
      to: part, most: limits.kept,
      XMLListener(
        open: { name, attributes in
          if name == "sheet" {
            let state = attributes["state"] ?? "visible"
            sheets.append((attributes["name"] ?? "", state != "visible", attributes["id"] ?? ""))
          } else if name == "workbookPr", isTrue(attributes["date1904"]) {
            dates = .from1904
          }
        }, close: { _ in }, text: { _ in }))
    return (sheets, dates)
  }

  /// The texts that cells share; readings in small print above them are left out, and so is what is
  /// crossed out of a text.
  func sharedTexts(
    _ part: String?, _ limits: WorkbookLimits
  ) throws(WorkbookFault) -> SharedTexts {
    var texts = SharedTexts()
    guard let part else { return texts }
    var isText = false
    var phonetic = 0
    var text = StruckText()
    try listen(
      to: part, most: limits.kept,
      XMLListener(
        open: { name, attributes in
          switch name {
          case "si": text.begin()
          case "r": text.beginRun()
          case "strike": text.strike(attributes)
          case "vertAlign": text.shift(attributes)
          case "rPh": phonetic += 1
          case "t": isText = phonetic == 0
          default: break
          }
        },
        close: { name in
          switch name {
          case "t": isText = false
          case "rPh": phonetic -= 1
          case "si":
            let strike = text.settle()
            if strike != .nothing { texts.strikes[texts.ends.count] = strike }
            texts.bytes.append(contentsOf: text.bytes)
            texts.ends.append(texts.bytes.count)
          default: break
          }
        },
        text: { piece in if isText { text.append(piece) } }))
    return texts
  }

  /// Which styles show a number as a date or time, and which cross out.
  func styles(_ part: String?, _ limits: WorkbookLimits) throws(WorkbookFault) -> WorkbookStyles {
    var styles = WorkbookStyles()
    guard let part else { return styles }
    var formats: [Int: NumberFormat] = [:]
    var isInCells = false
    var fonts = StruckFonts()
    var colours = CellColours()
    try listen(
      to: part, most: limits.kept,
      XMLListener(
        open: { name, attributes in
          colours.open(name, attributes)
          switch name {
          case "numFmt":
            guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { return }
            formats[id] = NumberFormat(code: attributes["formatCode"] ?? "")
          case "fonts", "font", "strike": fonts.open(name, attributes)
          case "cellXfs": isInCells = true
          case "xf":
            guard isInCells else { return }
            let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
            if fonts.isStruck(attributes["fontId"]) { styles.struck.insert(styles.formats.count) }
            if colours.hides(font: attributes["fontId"], fill: attributes["fillId"]) {
              styles.unseen.insert(styles.formats.count)
            }
            styles.formats.append(formats[id] ?? NumberFormat(builtIn: id))
          default: break
          }
        },
        close: { name in
          if name == "cellXfs" { isInCells = false }
          fonts.close(name)
          colours.close(name)
        }, text: { _ in }))
    return styles
  }
}

extension XMLParser {
  func pushPart(_ piece: Span<UInt8>, of part: String) throws(WorkbookFault) {
    if let trouble = push(piece, isLast: false) { throw .damaged(part, trouble.message) }
  }

  func finishPart(_ part: String) throws(WorkbookFault) {
    let nothing: [UInt8] = []
    if let trouble = push(nothing.span, isLast: true) { throw .damaged(part, trouble.message) }
  }
}

extension [XMLAttribute] {
  subscript(name: String) -> String? { first { $0.name == name }?.value }
}

func isTrue(_ text: String?) -> Bool { text == "1" || text == "true" }

/// A target as a path within the package; steps upwards end at its root.
private func resolved(_ target: String, in folder: [String]) -> String {
  var path = target.hasPrefix("/") ? [] : folder
  for step in target.split(separator: "/") {
    switch step {
    case ".": continue
    case "..": _ = path.popLast()
    default: path.append(String(step))
    }
  }
  return path.joined(separator: "/")
}

/// A text in which `_x000D_` stands for a character that XML cannot hold.
///
/// Looks at bytes: a shared text may be long and stand in every row.
func unescaped(_ text: String) -> String {
  let bytes = text.utf8.span
  var places: [(at: Int, scalar: Unicode.Scalar)] = []
  var place = 0
  while place + 7 <= bytes.count {
    if let scalar = escapedScalar(at: place, in: bytes) {
      places.append((place, scalar))
      place += 7
    } else {
      place += 1
    }
  }
  guard !places.isEmpty else { return text }
  let utf8 = Array(text.utf8)
  var result: [UInt8] = []
  var start = 0
  for (at, scalar) in places {
    result += utf8[start..<at]
    result += Array(String(scalar).utf8)
    start = at + 7
  }
  return String(decoding: result + utf8[start...], as: UTF8.self)
}

/// The character that `_xHHHH_` at a place stands for.
private func escapedScalar(at place: Int, in bytes: Span<UInt8>) -> Unicode.Scalar? {
  let underscore = UInt8(ascii: "_")
  guard bytes[place] == underscore, bytes[place + 1] == UInt8(ascii: "x"),
    bytes[place + 6] == underscore
  else { return nil }
  var value: UInt32 = 0
  for index in place + 2..<place + 6 {
    guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
    value = value << 4 | UInt32(digit)
  }
  return Unicode.Scalar(value)
}

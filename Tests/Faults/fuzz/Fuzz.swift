// Built by machinery/fuzz.py with libFuzzer and the address sanitizer, which SwiftPM cannot link.

import Expressions
import Fields
import Foundation
import Tables

@testable import Intake
@testable import RulePacks

/// What the fuzzer's bytes are taken for.
private enum Target: String {
  case xml, csv, json, page, workbook, spreadsheet, encoding, fields, yaml, expressions, plan
}

private let target = Target(rawValue: variable("HENG_FUZZ_TARGET")) ?? .csv
private let folder = variable("HENG_FUZZ_FOLDER")
private let pack = samplePack()
private let vocabulary = HeaderVocabulary(pack)
private let needed = pack.fieldsNeeded
private let environment = Environment(scopes: [Scope()])

private func variable(_ name: String) -> String { ProcessInfo.processInfo.environment[name] ?? "" }

private func samplePack() -> RulePack {
  do throws(PackFaults) {
    return try loadRulePack(at: variable("HENG_FUZZ_PACK"))
  } catch {
    fatalError(error.text(in: .en))
  }
}

/// Reads the rules before the first text, whose time is bounded; libFuzzer's name for it.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  _ = vocabulary
  _ = needed
  return 0
}

/// One text or file; libFuzzer's name for it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  switch target {
  case .xml: take(bytes, as: "a.xml")
  case .csv: take(bytes, as: "a.csv")
  case .encoding: decode(bytes)
  case .json: take(bytes, as: "a.json")
  case .page: take(bytes, as: "a.html")
  case .spreadsheet: take(spreadsheet + bytes, as: "a.xls")
  case .workbook: take(Array(workbook(around: bytes)), as: "a.xlsx")
  case .fields:
    takeCell(bytes)
    readWords(bytes)
  case .yaml: _ = try? YAMLNode.parse(String(decoding: bytes, as: UTF8.self), file: 0)
  case .expressions:
    let text = String(decoding: bytes, as: UTF8.self)
    guard let checked = try? check(text, in: environment, scope: 0) else { return 0 }
    _ = checked.evaluate(over: Batch(count: 2))
  case .plan:
    try? Data(bytes).write(to: URL(filePath: folder + "/run.yaml"))
    _ = try? loadRunPlan(at: folder, pack: pack)
  }
  return 0
}

/// Reads a file by itself: a whole run of each would be some thirty executions a second, for the
/// words of the pack are laid out once a run.
private func take(_ bytes: [UInt8], as name: String) {
  guard let asOf = PartialDate(year: 2018, month: 9, day: 30) else { return }
  try? Data(bytes).write(to: URL(filePath: folder + "/" + name))
  var task = FileTask(
    folder: folder, path: name, index: 0, asOf: asOf, digestKey: [UInt8](repeating: 7, count: 32))
  task.vocabulary = vocabulary
  task.needed = needed
  // What nobody asked for is accepted, returned or superseded: nothing else becomes of a row.
  for taken in (try? task.read(pack)) ?? [] {
    let file = taken.file
    precondition(file.read == file.accepted + file.quarantined + file.superseded)
  }
}

/// Guesses the encoding of a text, and decodes it by every one: at once and in pieces as long as the
/// first byte says, which must come to the same.
private func decode(_ bytes: [UInt8]) {
  guard let first = bytes.first else { return }
  _ = encodingGuesses(bytes.span, isWhole: true)
  let encodings: [TextEncoding] = [.utf8, .gb18030, .utf16LittleEndian, .utf16BigEndian]
  for encoding in encodings {
    let whole = decoded(bytes, encoding, pieces: max(1, bytes.count))
    let pieced = decoded(bytes, encoding, pieces: Int(first) + 1)
    precondition(whole.text == pieced.text && whole.fault == pieced.fault)
    precondition(validUTF8(whole.text.span).count == whole.text.count)
  }
}

private func decoded(
  _ bytes: [UInt8], _ encoding: TextEncoding, pieces size: Int
) -> (text: [UInt8], fault: DecodingFault?) {
  var decoder = TextDecoder(encoding)
  var text: [UInt8] = []
  for start in stride(from: 0, to: bytes.count, by: size) {
    let end = min(bytes.count, start + size)
    do throws(DecodingFault) {
      try decoder.decode(
        bytes.span.extracting(start..<end), isLast: end == bytes.count, into: &text)
    } catch {
      return (text, error)
    }
  }
  return (text, nil)
}

/// Puts the text into one cell of a row of some profile; the first two bytes say which.
private func takeCell(_ bytes: [UInt8]) {
  guard bytes.count > 2 else { return }
  let sources = pack.sources.filter { $0.format.isCSV && !$0.columns.isEmpty }
  guard !sources.isEmpty else { return }
  let columns = sources[Int(bytes[0]) % sources.count].columns.compactMap(\.from.first)
  let column = Int(bytes[1]) % columns.count
  func line(_ cells: [String]) -> String {
    cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
  }
  var cells = columns.map { _ in "1" }
  cells[column] = String(decoding: bytes[2...], as: UTF8.self)
  take(Array((line(columns) + line(cells)).utf8), as: "a.csv")
}

/// The readers that other stages call, too.
private func readWords(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let hidden = scrubbed(text)
  precondition(scrubbed(hidden) == hidden)
  _ = matchingKey(text)
  _ = separatedRecords(of: bytes)
  _ = PartialDate(written: text)
  _ = CreditCode.suggestions(for: bytes.span)
  _ = ResidentID.digest(ofIdentity: bytes.span, key: [1, 2, 3])
}

private let spreadsheet = Array(
  """
  <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
  <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
   xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
  """.utf8)

/// A workbook whose one sheet is the bytes.
private func workbook(around sheet: [UInt8]) -> Data {
  let office = "http://schemas.openxmlformats.org"
  var zip = StoredZip()
  zip.add(
    "_rels/.rels",
    "<Relationships xmlns=\"\(office)/package/2006/relationships\"><Relationship Id=\"r1\" Type="
      + "\"\(office)/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
      + "</Relationships>")
  zip.add(
    "xl/workbook.xml",
    "<workbook xmlns=\"\(office)/spreadsheetml/2006/main\" xmlns:r="
      + "\"\(office)/officeDocument/2006/relationships\"><sheets><sheet name=\"A\" sheetId=\"1\" "
      + "r:id=\"r1\"/></sheets></workbook>")
  zip.add(
    "xl/_rels/workbook.xml.rels",
    "<Relationships xmlns=\"\(office)/package/2006/relationships\"><Relationship Id=\"r1\" Type="
      + "\"\(office)/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
      + "</Relationships>")
  zip.add("xl/worksheets/sheet1.xml", String(decoding: sheet, as: UTF8.self))
  return zip.data
}

extension SourceProfile.Format {
  fileprivate var isCSV: Bool { if case .csv = self { true } else { false } }
}

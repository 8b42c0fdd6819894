import Fields
import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

/// Documents of chance, read by the reader of deliveries in pieces and by its slow twin at once.
@Suite("CSV and its slow twin")
struct CSVDifferentialTests {
  /// Documents in an ordinary run; HENG_DOCUMENTS asks for more.
  private static let documents =
    ProcessInfo.processInfo.environment["HENG_DOCUMENTS"].flatMap { Int($0) } ?? 20_000

  @Test("reads the same rows, and returns the same, wherever the pieces are cut")
  func documents() async throws {
    let jobs = 4
    let count = CSVDifferentialTests.documents
    let tallies = await withTaskGroup(of: Tally.self) { group in
      for job in 0..<jobs {
        group.addTask {
          var tally = Tally()
          for number in stride(from: job, to: count, by: jobs) { tally.compare(number) }
          return tally
        }
      }
      var tallies: [Tally] = []
      for await tally in group { tallies.append(tally) }
      return tallies
    }
    let differing = tallies.flatMap(\.differing).sorted { $0.number < $1.number }
    for found in differing.prefix(5) {
      Issue.record("document \(found.number), pieces of \(found.piece): \(found.text)")
    }
    #expect(differing.isEmpty)
    let whole = tallies.reduce(into: Tally()) { $0.add($1) }
    print(
      "CSV and its twin: \(whole.documents) documents, \(whole.bytes / 1_000_000) MB, "
        + "\(whole.accepted) rows accepted, \(whole.returned) returned, \(whole.refused) refused")
    #expect(whole.documents == count)
    #expect(whole.accepted > count && whole.returned > count && whole.refused > count / 100)
  }

  @Test("reads the same from a file, in pieces of the usual size")
  func files() async throws {
    for number in 0..<4 {
      var document = ChanceDocument(seed: UInt64(1_000_000 + number), size: 400_000)
      document.refusable = false
      let bytes = document.bytes()
      let folder = try Folder(["a.csv": bytes])
      let task = FileTask(
        folder: folder.path, path: "a.csv", index: 0, asOf: asOf, digestKey: nil)
      let twin = CSVTwin(bytes: bytes, columns: 5).outcome(width: document.width)
      do throws(IntakeFailure) {
        let taken = try task.read(twinPack())
        #expect(outcome(taken[0].table, taken[0].quarantine) == twin)
      } catch {
        guard case .refused(let line) = twin else {
          Issue.record("\(error.messages[0].en)")
          continue
        }
        #expect(error.messages[0].en.hasPrefix("a.csv:\(line):1"))
      }
    }
  }
}

/// What the comparison of some documents gave.
private struct Tally: Sendable {
  var documents = 0
  var bytes = 0
  var accepted = 0
  var returned = 0
  var refused = 0
  var differing: [(number: Int, piece: Int, text: String)] = []

  mutating func add(_ other: Tally) {
    documents += other.documents
    bytes += other.bytes
    accepted += other.accepted
    returned += other.returned
    refused += other.refused
  }

  mutating func compare(_ number: Int) {
    var random = SplitMix(state: UInt64(number))
    // Most are small; every eightieth is large.
    let size =
      number % 80 == 79
      ? 20_000 + random.below(40_000) : 100 + random.below(number % 4 == 0 ? 4000 : 700)
    let document = ChanceDocument(seed: UInt64(number), size: size)
    let text = document.bytes()
    let expected = CSVTwin(bytes: text, columns: 5).outcome(width: document.width)
    let piece = piece(number, text.count, &random)
    let found = read(text, width: document.width, piece: piece)
    documents += 1
    bytes += text.count
    switch expected {
    case .refused: refused += 1
    case .read(let places):
      for place in places {
        if place.what.contains("|") { accepted += 1 } else { returned += 1 }
      }
    }
    guard found != expected, differing.count < 5 else { return }
    let shown = size < 900 ? String(decoding: text, as: UTF8.self).debugDescription : ""
    differing.append((number, piece, "\(shown)\nfast \(found)\ntwin \(expected)"))
  }

  /// All of 1 to 70, powers of two and their neighbours, and any.
  private func piece(_ number: Int, _ count: Int, _ random: inout SplitMix) -> Int {
    // A large document in pieces of a few bytes is read from its row's beginning each time.
    let least = count > 10_000 ? 500 : 1
    switch number % 3 {
    case 0: return max(least, number / 3 % 70 + 1)
    case 1: return max(least, (1 << random.below(17)) + random.below(3) - 1)
    default: return max(least, random.below(count) + 1)
    }
  }
}

private func twinPack() -> RulePack {
  var pack = samplePack()
  var kind = RecordKind(id: "rows", title: "行", subject: .subject(0), holds: .one)
  kind.fields = ["Id", "T", "U", "A"].map { Field(id: $0.lowercased(), label: $0, type: .text) }
  kind.fields[0].isRequired = true
  kind.fields.append(Field(id: "n", label: "N", type: .int))
  pack.records = [kind]
  pack.subjects = [SubjectKind(id: "thing", title: "物", identity: [["id"]], name: 0)]
  pack.words = Words()
  pack.sources = [
    SourceProfile(
      id: "rows", title: "行", record: 0,
      format: .csv(headerRows: 1, within: 15, separator: UInt8(ascii: ",")))
  ]
  pack.sources[0].requires = [0]
  return pack
}

private let shared = twinPack()

private func read(_ text: [UInt8], width: Int, piece: Int) -> CSVTwin.Outcome {
  let header = CSVHeader([["Id", "T", "U", "A", "N"]])
  let plan = plan(header, shared.sources[0], shared)
  let hasMark = text.starts(with: [0xEF, 0xBB, 0xBF])
  let guess = EncodingGuess(
    encoding: .utf8, evidence: "", markLength: hasMark ? 3 : 0)
  let layout = CSVLayout(
    profile: 0, guess: guess, dialect: CSVDialect(separator: 0x2C), header: header,
    headerWidth: width, width: width, skippedRows: 1, plan: plan, dropped: [])
  var reading = CSVReading(
    layout, shared, reader: RowReader(plan, file: 0, asOf: asOf, digestKey: nil))
  var decoder = TextDecoder(.utf8, markLength: guess.markLength)
  var start = 0
  do throws(CSVStop) {
    repeat {
      let end = min(text.count, start + piece)
      let isLast = end - start < piece
      try reading.read(text.span.extracting(start..<end), &decoder, isLast: isLast)
      start = end
      if isLast { break }
    } while true
  } catch {
    switch error {
    case .unclosedQuote(let line, _), .unclearQuote(let line, _), .rowTooLong(let line, _),
      .backslashes(let line):
      return .refused(line: line)
    case .decoding, .file: return .refused(line: 0)
    }
  }
  return outcome(reading.reader.table.table(precedence: 0), reading.reader.quarantine)
}

private func outcome(_ table: RecordTable, _ quarantine: [QuarantinedRow]) -> CSVTwin.Outcome {
  var places: [(record: UInt32, place: CSVTwin.Place)] = []
  for row in 0..<table.count {
    let texts = table.columns.map { $0.presence[row] == .stated ? $0.text(row) ?? "" : "-" }
    let place = table.places[row]
    places.append(
      (place.record, CSVTwin.Place(line: Int(place.line), what: texts.joined(separator: "|"))))
  }
  for row in quarantine {
    places.append(
      (
        row.place.record,
        CSVTwin.Place(line: Int(row.place.line), what: row.faults.first?.code ?? "")
      ))
  }
  return .read(places.sorted { $0.record < $1.record }.map(\.place))
}

/// A table with what exports and clerks do to tables.
private struct ChanceDocument {
  let seed: UInt64
  let size: Int
  let width: Int
  var refusable = true

  init(seed: UInt64, size: Int) {
    self.seed = seed
    self.size = size
    width = seed % 5 == 0 ? 5 + Int(seed / 5 % 3) : 5
  }

  func bytes() -> [UInt8] {
    var random = SplitMix(state: seed ^ 0x5EED)
    var bytes: [UInt8] = seed % 7 == 0 ? [0xEF, 0xBB, 0xBF] : []
    let ends: [[UInt8]] = [[0x0A], [0x0D, 0x0A], [0x0D]]
    let end = ends[random.below(3)]
    let mixes = random.below(4) == 0
    // How often something is wrong: in some documents never, in others in every other row.
    let mess = [0, 30, 8, 2][random.below(4)]
    bytes += Array("Id,T,U,A,N".utf8) + [UInt8](repeating: 0x2C, count: width - 5) + end
    var number = 0
    while bytes.count < size {
      row(number, mess, &random, &bytes)
      number += 1
      bytes += mixes ? ends[random.below(3)] : end
      if random.below(20) == 0 { bytes += end }
    }
    if refusable, random.below(40) == 0 { bytes += Array("z,\"never".utf8) }
    if random.below(2) == 0, bytes.last == 0x0A { bytes.removeLast() }
    return bytes
  }

  private func row(
    _ number: Int, _ mess: Int, _ random: inout SplitMix, _ bytes: inout [UInt8]
  ) {
    let isMessy = mess > 0 && random.below(mess) == 0
    let wrong = isMessy ? random.below(10) : -1
    let cell = random.below(5)
    for column in 0..<width {
      if column > 0 { bytes.append(0x2C) }
      if wrong == 0, column == cell { bytes.append(0x2C) }
      if wrong == 1, column == cell, column > 0 { bytes.removeLast() }
      if wrong == 2, column == cell { bytes.append(0x22) }
      if column == 0 {
        bytes += Array("r\(number)".utf8)
      } else if column == 4 {
        if random.below(3) > 0 { bytes += Array("\(random.below(1000))".utf8) }
      } else if column < 4 {
        text(&random, &bytes)
      }
      guard column == cell else { continue }
      switch wrong {
      case 3: bytes.append(0x22)
      case 4: bytes += Array("\"x\"y".utf8)
      case 5: bytes += Array(" 12\" pipe".utf8)
      case 6: bytes += [0x01, 0x1F, 0x63].suffix(1 + random.below(3))
      default: break
      }
    }
    if wrong == 7 { bytes.append(0x2C) }
    if wrong == 8 { bytes += Array("\n\"r\(number)\n".utf8) }
    if wrong == 9, width > 5 { bytes.removeLast() }
  }

  private func text(_ random: inout SplitMix, _ bytes: inout [UInt8]) {
    let texts = [
      "", "a", "洛阳甲有限公司", "word", "x y", " b ", "\"quoted\"", "\"a, b\"", "\"q \"\"z\"\"\"",
      "\"line\nline\"", "\"一\r\n二, 三\r四\"", " \"blank\" ", "\"\"", "\"\"\"\"", "it's", "ok;",
      "\"a,b,c,d,1\n\"", "涧西区", "\"x\ny,1,2,3,4\nz\"",
    ]
    let index = random.below(texts.count + 8)
    if index < texts.count {
      bytes += Array(texts[index].utf8)
    } else if index == texts.count {
      bytes += [UInt8](repeating: 0x78, count: random.below(300))
    }
  }
}

extension SplitMix {
  fileprivate mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }
}

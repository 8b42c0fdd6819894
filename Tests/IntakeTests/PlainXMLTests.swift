import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Plain XML")
struct PlainXMLTests {
  static let inputs = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "inputs").path

  @Test(
    "Deliveries come out as libxml2 reads them, and none of their files is left to it",
    arguments: ["example-2018q3", "luoyang-2018q3"])
  func deliveries(delivery: String) async throws {
    let pack = try loadRulePack(at: Self.inputs + "/rules/luoyang-2018")
    let folder = Self.inputs + "/" + delivery
    let files = try DeliveredFiles(in: folder).paths.filter { $0.hasSuffix(".xml") }
    #expect(files.count >= 5)
    let plain = await outcome(files, in: folder, pack, plain: true)
    #expect(plain == (await outcome(files, in: folder, pack, plain: false)))
    #expect(!plain.isFailure)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder + "/" + file)))
      #expect(isPlain(bytes, pack, pieceSize: 100_000), "\(file)")
    }
  }

  static let row =
    "<ROW><ENTNAME>甲</ENTNAME><DIVISION>410304</DIVISION><EMPNUM>5</EMPNUM><X/></ROW>"
  static let schema = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""

  @Test(
    "What exports are made of is read without libxml2, and means the same",
    arguments: [
      "<DATASET>\(row)</DATASET>",
      "<?xml version=\"1.0\"?><DATASET>\(row)\(row)</DATASET>",
      "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\r\n<DATASET>\r\n \(row)\r\n</DATASET>\n",
      "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<DATASET>\n\(row)\n</DATASET>\n\n",
      "<DATASET><HEAD staff=\"5\"><COUNT> 1 </COUNT></HEAD>\n\n\(row)</DATASET>",
      "<DATASET batch=\"二〇一八（样例）\" other='x'>\(row)\(row)</DATASET>",
      "<DATASET><ROW note=\"里\" id=\"1\"><ENTNAME>甲</ENTNAME><EMPNUM a=\"1\" b=\"2\">7</EMPNUM></ROW>"
        + "</DATASET>",
      "<DATASET \(schema)><ROW><ENTNAME>甲</ENTNAME><EMPNUM xsi:nil=\"true\">7</EMPNUM>"
        + "<REMARK xsi:nil=\"1\" /><ESTDATE xsi:type=\"d\">2018-11-06</ESTDATE></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>甲 &amp; 乙&lt;&gt;&quot;&apos;&#x4E19;&#19969;</ENTNAME><REMARK>a\r\nb"
        + "\tc</REMARK><DIVISION>410304</DIVISION></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>（甲）］]＞] ]&#62;</ENTNAME><DIVISION>410304</DIVISION></ROW></DATASET>",
      "<DATASET><ROW><企业名称>甲</企业名称><DIVISION>410304</DIVISION></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>甲</ENTNAME><ENTNAME>乙</ENTNAME><TAG>红</TAG><TAG>绿、蓝</TAG></ROW>"
        + "<ROW><Info><Note>里</Note><Fax><a><b>&amp;</b></a></Fax></Info><ENTNAME/></ROW></DATASET>",
      "<d:DATASET>\(row)<d:ROW><e:ENTNAME>甲</e:ENTNAME><ENTNAME>乙</ENTNAME></d:ROW></d:DATASET>",
      "<d:DATASET xmlns:d=\"urn:x\" d='1'>\(row)</d:DATASET>",
      "<DATASET><OTHER><ROW/>x</OTHER>\(row)<LAST a='1'/></DATASET>",
      // The same between texts, but not the same elements around them.
      "<DATASET>\(row)\n\(row)\n<ROW><Y><ENTNAME>甲</ENTNAME><DIVISION>1</DIVISION></Y>"
        + "<Z><ENTNAME>甲</ENTNAME><DIVISION>2</DIVISION></Z></ROW>\n\(row)</DATASET>",
      "<DATASET><ROW><X><A>1</A></X><ENTNAME>甲</ENTNAME></ROW>\n<ROW><Y><A>1</A></Y>"
        + "<ENTNAME>乙</ENTNAME></ROW>\n<ROW><X><A>1</A></X><ENTNAME>丙</ENTNAME></ROW></DATASET>",
    ])
  func plain(text: String) async throws {
    for size in [1, 7, 64, 1 << 20] {
      #expect(isPlain(Array(text.utf8), samplePack(), pieceSize: size), "pieces of \(size)")
      try await expectSame(Array(text.utf8), pieceSize: size)
    }
  }

  @Test(
    "What is not plain is left to libxml2, for good or for ill",
    arguments: [
      "<DATASET><!-- a -->\(row)</DATASET>", "<DATASET><?p i?>\(row)</DATASET>",
      "<DATASET><ROW><ENTNAME><![CDATA[甲]]></ENTNAME></ROW></DATASET>",
      "<!DOCTYPE DATASET><DATASET>\(row)</DATASET>", "<d:DATASET>\(row)</DATASET>",
      "<:DATASET>\(row)</:DATASET>", "<d:>\(row)</d:>",
      "<xml:DATASET>\(row)</xml:DATASET>", "<d:1>\(row)</d:1>", "<d:e:f>\(row)</d:e:f>",
      "<DATASET xmlns=\"x\">\(row)</DATASET>",
      "<DATASET>\(row)</DATASET><x/>", "<DATASET>\(row)</DATASET>x", "x<DATASET>\(row)</DATASET>",
      "<DATASET>\(row)", "<DATASET>\(row)</DATASET", "<DATASET>\(row)</DATA>", "<DATASET>\(row)<",
      "<DATASET>\(row)</DATASET ></DATASET>", "<DATASET\n>\(row)</DATASET>",
      "<DATASET><ROW><X><A>1</A></X><ENTNAME>甲</ENTNAME></ROW>"
        + "<ROW><Y><A>1</A></X><ENTNAME>甲</ENTNAME></ROW></DATASET>",
      "<DATASET a=\"1\" a=\"2\">\(row)</DATASET>", "<DATASET a=\"1\"b=\"2\">\(row)</DATASET>",
      "<DATASET a=\"<\">\(row)</DATASET>", "<DATASET a=\"&amp;\">\(row)</DATASET>",
      "<DATASET a=1>\(row)</DATASET>", "<DATASET a>\(row)</DATASET>",
      "<DATASET><ROW><ENTNAME>甲<b>乙</b>丙</ENTNAME></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>&evil;</ENTNAME></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>&#0;</ENTNAME></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>&#+65;</ENTNAME></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>&#xFFFE;</ENTNAME></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>a]]>b</ENTNAME></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>a\rb</ENTNAME></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>a\u{1}b</ENTNAME></ROW></DATASET>",
      "<DATASET><ROW><ENTNAME>a\u{FFFF}b</ENTNAME></ROW></DATASET>",
      "<DATASET><1ROW/>\(row)</DATASET>", "<DATASET>< ROW/>\(row)</DATASET>",
      "<?xml version=\"1.1\"?><DATASET>\(row)</DATASET>", " <DATASET>\(row)</DATASET>",
      "<?xml encoding=\"utf-8\" version=\"1.0\"?><DATASET>\(row)</DATASET>",
      "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><DATASET>\(row)</DATASET>",
      "<?xml version=\"1.0\" ?>", "",
    ])
  func others(text: String) async throws {
    for size in [1, 7, 1 << 20] {
      #expect(!isPlain(Array(text.utf8), samplePack(), pieceSize: size), "pieces of \(size)")
    }
    try await expectSame(Array(text.utf8), pieceSize: 64)
  }

  @Test("A row of more than 4 MB and elements in more than 200 others are left to libxml2")
  func limits() {
    let long = "<DATASET><ROW><ENTNAME>" + String(repeating: "长", count: 2 << 20)
    #expect(!isPlain(Array(long.utf8) + Array("</ENTNAME></ROW></DATASET>".utf8), samplePack()))
    let deep =
      String(repeating: "<a>", count: 201) + String(repeating: "</a>", count: 201)
    #expect(!isPlain(Array("<DATASET>\(deep)</DATASET>".utf8), samplePack()))
    #expect(isPlain(Array("<DATASET>\(Self.row)</DATASET>".utf8), samplePack()))
  }

  @Test("Whatever befalls a file, the outcome is that of libxml2", arguments: 0..<8)
  func damaged(seed: Int) async throws {
    // Twice the same, so that the second half is read by what was learned in the first.
    let rows =
      "<ROW id=\"3\"><ENTNAME>甲&amp;乙</ENTNAME><DIVISION>410304</DIVISION><TEL>1</TEL></ROW>\n"
      + "<ROW><ENTNAME>丙&#x4E19;</ENTNAME><EMPNUM xsi:nil=\"true\"/><TAG>红</TAG><TAG>绿</TAG></ROW>"
      + "\n<ROW><Info><Note>里</Note></Info><ENTNAME>丁</ENTNAME><X/></ROW>\n"
    let text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<DATASET batch=\"2018\" \(Self.schema)>\n"
      + "<HEAD staff=\"11\"><COUNT>2</COUNT></HEAD>\n" + rows + rows + "</DATASET>\n"
    let pieces = [
      "<", ">", "/", "&", ";", "\"", "'", "=", " ", "\n", "\r", "]]>", "<!--", "-->", "<![CDATA[",
      "<a>", "</a>", "<b/>", "&lt;", "&#65;", "x", "甲", "\u{0}", "xsi:", "xmlns=\"urn:y\"", "<ROW>",
      "</ROW>", "</DATASET>", "\u{FFFE}", "?>",
    ].map { Array($0.utf8) }
    var random = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func next(_ count: Int) -> Int {
      random ^= random << 13
      random ^= random >> 7
      random ^= random << 17
      return Int(random % UInt64(count))
    }
    var plain = 0
    for _ in 0..<150 {
      var bytes = Array(text.utf8)
      for _ in 0...next(2) {
        let place = next(bytes.count)
        switch next(8) {
        case 0: bytes.remove(at: place)
        case 3...6:
          if let text = bytes[place...].firstIndex(where: { $0 >= 0x30 && $0 <= 0x3B }) {
            bytes.insert(contentsOf: pieces[next(pieces.count)], at: text)
          }
        case 1: bytes[place] = UInt8(next(256))
        case 2: bytes.insert(contentsOf: pieces[next(pieces.count)], at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + next(40)))
        }
      }
      if isPlain(bytes, samplePack(), pieceSize: 50) { plain += 1 }
      try await expectSame(bytes, pieceSize: 1 + next(100))
    }
    #expect(plain > 10)
  }

  // MARK: Comparing

  private struct Outcome: Equatable {
    var places: [[Tables.Place]] = []
    var columns: [[Column]] = []
    var quarantine: [String] = []
    var findings: [String] = []
    var files: [String] = []
    var isFailure = false
  }

  private func expectSame(
    _ bytes: [UInt8], pieceSize: Int, _ location: SourceLocation = #_sourceLocation
  ) async throws {
    let folder = try Folder(["a.xml": bytes])
    let pack = samplePack()
    let plain = await outcome(["a.xml"], in: folder.path, pack, plain: true, pieceSize)
    let other = await outcome(["a.xml"], in: folder.path, pack, plain: false, pieceSize)
    #expect(
      plain == other, "\(String(decoding: bytes, as: UTF8.self))", sourceLocation: location)
  }

  private func outcome(
    _ files: [String], in folder: String, _ pack: RulePack, plain: Bool, _ pieceSize: Int = 1 << 20
  ) async -> Outcome {
    let tasks = files.indices.map { index in
      var task = FileTask(
        folder: folder, path: files[index], index: index, asOf: asOf,
        digestKey: Array("test".utf8), pieceSize: pieceSize)
      task.readsPlainXML = plain
      return task
    }
    do {
      let taken = try await take(tasks, pack: pack, settings: TakeSettings(jobs: 2))
      return Outcome(
        places: taken.records.map { Array($0.places) }, columns: taken.records.map(\.columns),
        quarantine: taken.quarantine.map { "\($0)" }, findings: taken.findings.map { "\($0)" },
        files: taken.files.map { "\($0)" })
    } catch {
      return Outcome(findings: ["\(error)"], isFailure: true)
    }
  }

  /// Whether a file, if it is of the first XML profile that fits, is read without libxml2.
  private func isPlain(_ bytes: [UInt8], _ pack: RulePack, pieceSize: Int = 1 << 20) -> Bool {
    let encoding = xmlEncoding(bytes.span)
    guard let profile = pack.sources.indices.first(where: { isXML(pack.sources[$0]) }) else {
      return false
    }
    let layout = XMLLayout(
      profile: profile, encoding: encoding, plan: XMLPlan(profile, pack))
    let reader = RowReader(layout.plan.plan, file: 0, asOf: asOf, digestKey: nil)
    guard var reading = PlainXML(layout, reader: reader) else { return false }
    var decoder = TextDecoder(encoding.guess.encoding, markLength: encoding.guess.markLength)
    var start = 0
    do throws(NotPlain) {
      repeat {
        let end = min(bytes.count, start + pieceSize)
        try reading.read(
          bytes.span.extracting(start..<end), &decoder, isLast: end == bytes.count)
        start = end
      } while start < bytes.count
    } catch { return false }
    return true
  }

  private func isXML(_ source: SourceProfile) -> Bool {
    switch source.format {
    case .xml: true
    case .csv: false
    }
  }
}

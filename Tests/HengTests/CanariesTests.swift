import Deliveries
import Foundation
import Testing

/// Promise 7, seen from outside: numbers that belong to nobody are planted wherever a delivery has
/// text, and looked for in all that the program says and in all bytes that it leaves behind.
///
/// `make faults` does the same to every column of the large example, and to temporary files.
@Suite("A resident number, wherever it is delivered")
struct CanariesTests {
  @Test("stands in nothing that is said or written", arguments: Writing.allCases)
  func nowhere(writing: Writing) async throws {
    try await withTemporaryFolder { folder in
      var canaries = Canaries(writing: writing)
      try deliver(to: folder, &canaries)
      // The search finds what it is to find.
      #expect(try canaries.seen(inFilesOf: folder) == Set(canaries.places.values))
      #expect(canaries.places.count > 30)

      let published = ["--reports", "reports", "--lang", "en"]
      let outcome = try heng(["run", "feed"] + published, in: folder)
      try #require([0, 3].contains(outcome.status), "\(outcome.errors)")
      #expect(try PublishedTable(at: folder + "/reports/feed/rankings/hygiene.csv").rows.count > 10)
      var said = [outcome]
      for words in [
        ["check", "feed", "--lang", "zh"], ["rules", "draft", "feed", "--out", "out/draft"],
        ["workbook", "feed", "--output", "out/all.xlsx"] + published,
        ["letters", "feed", "--rubric", "hygiene", "--out", "out/letters"] + published,
        ["disclose", "feed", "K02"] + published, ["explain", "feed", "K02", "--json"] + published,
      ] {
        said.append(try heng(words, in: folder))
        #expect(said.last?.status != 1, "\(words): \(said.last?.errors ?? "")")
      }
      for words in Self.failing {
        let number = canaries.plant("the argument of heng \(words.joined(separator: " "))")
        let failed = try heng(words.map { $0.replacing("NUMBER", with: number) }, in: folder)
        #expect(failed.status != 0, "\(words)")
        said.append(failed)
      }

      for outcome in said {
        #expect(canaries.seen(in: outcome.out) == [])
        #expect(canaries.seen(in: outcome.errors) == [])
      }
      for output in ["reports", "out"] {
        let seen = try canaries.seen(inFilesOf: "\(folder)/\(output)")
        #expect(seen == [])
      }
    }
  }

  /// Commands that name what is not there.
  static let failing = [
    ["run", "NUMBER"], ["check", "feed/NUMBER"], ["explain", "NUMBER", "K01"],
    ["explain", "feed", "NUMBER"], ["verify", "NUMBER"], ["workbook", "NUMBER"],
    ["rules", "check", "NUMBER"], ["rules", "draft", "NUMBER.csv"],
  ]

  /// A small delivery with a number in every column, header, name and broken file.
  private func deliver(to folder: String, _ canaries: inout Canaries) throws {
    let source = World.cases + "/objections-and-decisions/inputs"
    try FileManager.default.createDirectory(
      atPath: folder + "/out", withIntermediateDirectories: true)
    for name in ["feed", "rules"] {
      try FileManager.default.copyItem(atPath: "\(source)/\(name)", toPath: "\(folder)/\(name)")
    }
    let feed = folder + "/feed"
    let run = try String(contentsOfFile: feed + "/run.yaml", encoding: .utf8)
    try put(
      run + "tolerances: {quarantined: 100%, unread: 100%, unmatched: 100%, files: 99}\n",
      feed + "/run.yaml")
    // Files and folders that are called by a number are not read, so the others stand beside them.
    let inner = "\(feed)/\(canaries.plant("the name of a folder"))"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    for name in ["register", "objections", "decisions"] {
      let text = try String(contentsOfFile: "\(feed)/\(name).csv", encoding: .utf8)
      try put(planted(text, in: name, &canaries), "\(feed)/\(name).csv")
      try put(text, "\(feed)/\(name) \(canaries.plant("the name of a file of \(name)")).csv")
      try put(text, "\(inner)/\(name).csv")
    }
    try put(workbook(&canaries), feed + "/more.xls")
    try put("%PDF-1.4\n", "\(feed)/\(canaries.plant("the name of a document")).pdf")
    for (name, start, end) in [
      ("cut.xml", "<A><B>", ""), ("tag.xml", "<A><B>", "</C></A>"),
      ("entity.xml", "<A><B>&", ";</B></A>"), ("open.csv", "Number,Name,Faults found\n\"", ",x\n"),
      ("unknown.csv", "a,b\n", ",2\n"), ("cut.json", #"{"rows": [{"a": ""#, ""),
    ] {
      try put(start + canaries.plant("the broken file \(name)") + end, "\(feed)/\(name)")
    }
  }

  /// A sheet with a row more for each of its columns, in which that cell alone is another, and with
  /// a column more.
  private func planted(_ text: String, in name: String, _ canaries: inout Canaries) -> String {
    var lines = text.split(separator: "\n").map { $0.components(separatedBy: ",") }
    let (heads, model) = (lines[0], lines[1])
    for (index, column) in heads.enumerated() {
      var row = model
      row[index] = canaries.plant("column \(column) of \(name)")
      lines.append(row)
    }
    lines[0].append(canaries.plant("a header of \(name)"))
    for index in lines.indices.dropFirst() { lines[index].append("x") }
    return lines.map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// A workbook of 2003, which is a text.
  private func workbook(_ canaries: inout Canaries) -> String {
    func sheet(_ rows: [[String]]) -> String {
      let name = canaries.plant("the name of a sheet")
      let cells = rows.map { row in
        "<Row>\(row.map { "<Cell><Data ss:Type=\"String\">\($0)</Data></Cell>" }.joined())</Row>"
      }
      return "<Worksheet ss:Name=\"\(name)\"><Table>\(cells.joined())</Table></Worksheet>"
    }
    let heads = ["Number", "Name", "Faults found", canaries.plant("a header of a sheet")]
    let unknown = ["a", canaries.plant("a header of an unknown sheet")]
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <?mso-application progid="Excel.Sheet"?>
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\
      <DocumentProperties xmlns="urn:schemas-microsoft-com:office:office">\
      <Title>\(canaries.plant("the properties of a workbook"))</Title></DocumentProperties>\
      \(sheet([heads, ["K21", "New Ladle", "3", "x"]]))\(sheet([unknown, ["1", "2"]]))</Workbook>
      """
  }

  private func put(_ text: String, _ path: String) throws {
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}

/// How clerks write a number.
enum Writing: CaseIterable {
  case plain, hyphens, blanks, chinese, fullWidth, arabic
  /// Fifteen digits, as until 1999.
  case older

  func callAsFunction(_ digits: String) -> String {
    switch self {
    case .plain, .older: digits
    case .hyphens: grouped(digits, by: "-")
    case .blanks: grouped(digits, by: " ")
    case .chinese: String(digits.map { $0.wholeNumberValue.map { Self.chineseDigits[$0] } ?? $0 })
    case .fullWidth:
      String(digits.map { sign in sign.wholeNumberValue.map { Self.wide[$0] } ?? sign })
    case .arabic:
      String(digits.map { sign in sign.wholeNumberValue.map { Self.arabicDigits[$0] } ?? sign })
    }
  }

  static let chineseDigits = Array("〇一二三四五六七八九")
  static let arabicDigits = Array("٠١٢٣٤٥٦٧٨٩")
  static let wide = Array("０１２３４５６７８９")

  private func grouped(_ digits: String, by separator: String) -> String {
    [digits.prefix(6), digits.dropFirst(6).dropLast(4), digits.suffix(4)]
      .joined(separator: separator)
  }
}

/// Numbers of the division 410399, which was never issued, and where each was planted.
struct Canaries {
  var writing: Writing
  private(set) var places: [String: String] = [:]

  init(writing: Writing) { self.writing = writing }

  /// A new number in the writing asked for.
  mutating func plant(_ place: String) -> String {
    let count = places.count
    let number =
      writing == .older
      ? "410399700101\(count + 100)" : withCheck("41039919700101\(count + 100)")
    places[number] = place
    return writing(number)
  }

  /// The number with its check character, by ISO 7064 MOD 11-2.
  private func withCheck(_ body: String) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
    return body + String(Array("10X98765432")[sum % 11])
  }

  /// Where those were planted that a text holds in any writing.
  func seen(in text: String) -> Set<String> {
    var plain: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      // Blanks and hyphens may stand between any two digits.
      case 0x20, 0x2D: continue
      case ..<0x80: plain.append(UInt8(truncatingIfNeeded: scalar.value))
      default: plain.append(Self.digits[scalar] ?? UInt8(ascii: "."))
      }
    }
    let searched = String(decoding: plain, as: UTF8.self)
    // All begin with the division, and few texts hold it.
    guard searched.contains("410399") else { return [] }
    return Set(places.filter { searched.contains($0.key) }.values)
  }

  private static let digits: [Unicode.Scalar: UInt8] = Dictionary(
    uniqueKeysWithValues: [Writing.chineseDigits, Writing.wide, Writing.arabicDigits].flatMap {
      signs in
      zip(signs.compactMap(\.unicodeScalars.first), UInt8(ascii: "0")...UInt8(ascii: "9"))
    })

  /// The same of the names of all that is below a folder, of the bytes of all files, and of what
  /// the packed ones among them hold.
  func seen(inFilesOf folder: String) throws -> Set<String> {
    var found: Set<String> = []
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      found.formUnion(seen(in: path))
      let whole = "\(folder)/\(path)"
      guard let bytes = FileManager.default.contents(atPath: whole) else { continue }
      let texts =
        bytes.starts(with: Data("PK\u{3}".utf8))
        ? try zipParts(of: whole).map(\.text) : [String(decoding: bytes, as: UTF8.self)]
      for text in texts { found.formUnion(seen(in: text)) }
    }
    return found
  }
}

import Foundation
import Testing

/// Every command of the built program: how it ends, what stands on standard output and standard
/// error, for people in both languages and for machines.
///
/// In the lines, `NEW` is a path where nothing is yet, and `CASES` the cases of whole runs.
@Suite("The program", .serialized)
struct CommandLineTests {
  func told(_ line: String, input: String = "", new: String = "nowhere") throws -> Outcome {
    let folder = try World.folder()
    let full = line.replacing("NEW", with: new).replacing("CASES", with: World.cases)
    return try heng(full, input: input, in: folder)
  }

  /// Lends a path where nothing is, and removes what a command put there.
  func withNewPath<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appending(path: "heng-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: path) }
    return try body(path.path)
  }

  // MARK: - Success

  /// What a command prints in Chinese and in English.
  static let successes: [(line: String, zh: String, en: String)] = [
    ("run feed --reports NEW", "文件 3 个", "3 files"),
    ("check feed", "读入 11", "11 read"),
    ("explain feed K02", "评价截止日期", "as of 2024-06-30"),
    ("letters feed --rubric hygiene --where faults>2 --out NEW", "告知书 8 份", "8 letters"),
    ("compare feed later", "名次变动 10", "another rank 10"),
    ("history K02", "名次", "rank"),
    ("verify feed", "逐字节相同", "the same bytes"),
    ("disclose feed K02", "所持有的全部信息", "everything that run feed holds"),
    ("purge", "没有到期的数据", "nothing is due"),
    ("purge --yes --as-of 2050-01-01", "没有到期的数据", "nothing is due"),
    ("workbook feed --output NEW.xlsx", ".xlsx", ".xlsx"),
    ("sign later --key signing.pem", "清单已签名", "the manifest is signed"),
    ("ledger check", "没有损坏", "nothing is damaged"),
    ("ledger backup NEW", "已备份", "backed up"),
    ("ledger rebuild --inputs .", "已重建", "made anew"),
    ("rules check rules/kitchens", "无错误", "no faults"),
    ("rules forms rules/kitchens --out NEW", "报送表 ", " forms"),
    ("rules show rules/kitchens", "评价对象", "subject"),
    ("rules test rules/kitchens", "例子 0 个", "0 examples"),
    ("rules impact rules/kitchens --run feed", "没有变化", "nothing changes"),
    ("rules draft feed/register.csv", "由 heng rules draft", "Drafted by heng rules draft"),
    ("rules draft feed/register.csv --out NEW", "/pack.yaml", "/pack.yaml"),
  ]

  @Test("answers in the language that is asked for, and complains of nothing", arguments: successes)
  func success(line: String, zh: String, en: String) throws {
    for (language, word, other) in [("zh", zh, en), ("en", en, zh)] {
      let outcome = try withNewPath { try told(line + " --lang \(language)", new: $0) }
      #expect(outcome.status == 0)
      #expect(outcome.out.contains(word), "\(language): \(outcome.out)")
      #expect(outcome.errors == "")
      // Drafts are in both.
      if word != other, !line.hasPrefix("rules draft") {
        #expect(!outcome.out.contains(other), "\(language): \(outcome.out)")
      }
      #expect(!outcome.out.contains("\u{1B}"), "colours and bars are for terminals")
    }
  }

  @Test(
    "speaks Chinese where no language is asked for, and prints nothing where it is to be quiet",
    arguments: successes)
  func quiet(line: String, zh: String, en: String) throws {
    let outcome = try withNewPath { try told(line, new: $0) }
    #expect(outcome.out.contains(zh))
    // A table has nothing but its content to tell.
    guard !line.hasPrefix("rules show") else { return }
    let quiet = try withNewPath { try told(line + " --quiet", new: $0) }
    #expect(quiet.status == 0 && quiet.out == "" && quiet.errors == "")
  }

  @Test("makes a delivery of a few units, and names its files")
  func synthesis() throws {
    let rules = URL(filePath: World.cases).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "inputs/rules/luoyang-2018").path
    try withNewPath { folder in
      let line = "synth \(folder) --rules \(rules) --units 20"
      let outcome = try told(line)
      #expect(outcome.status == 0 && outcome.errors == "")
      let paths = outcome.out.split(separator: "\n").map { String($0) }
      #expect(paths.contains(folder + "/run.yaml") && paths.count > 5)
      for path in paths { #expect(FileManager.default.fileExists(atPath: path), "\(path)") }
      #expect(try told("check \(folder) --rules \(rules) --quiet").status != 2)
    }
    try withNewPath { folder in
      let json = try told("synth \(folder) --rules \(rules) --units 20 --json")
      let object = try #require(objects(json.out).first)
      #expect(object["folder"] as? String == folder)
      #expect((object["files"] as? [String])?.contains("run.yaml") == true)
    }
  }

  @Test("reads an edited workbook back, and prints or writes the rubric", arguments: ["zh", "en"])
  func revision(language: String) throws {
    try withNewPath { new in
      let shown = try told("rules show rules/kitchens --xlsx \(new).xlsx --html \(new).html")
      defer { try? FileManager.default.removeItem(atPath: new + ".html") }
      defer { try? FileManager.default.removeItem(atPath: new + ".xlsx") }
      #expect(shown.status == 0 && shown.out == "" && shown.errors == "")
      #expect(FileManager.default.fileExists(atPath: new + ".html"))
      let revised = try told("rules revise rules/kitchens \(new).xlsx --lang \(language)")
      #expect(revised.status == 0)
      #expect(revised.errors.contains(language == "zh" ? "没有改动" : "nothing is changed"))
      let rubric = try String(
        contentsOfFile: World.folder() + "/rules/kitchens/rubrics/hygiene.yaml", encoding: .utf8)
      #expect(revised.out == rubric)
    }
  }

  @Test("evaluates an expression, and JSON lines from standard input, each to a line")
  func evaluation() throws {
    for (expression, answer) in [
      ("1+1", "{\"type\": \"int\", \"value\": 2}"), ("1/0", "{\"error\": \"division by zero\"}"),
    ] {
      let outcome = try told("eval \(expression)")
      #expect(outcome.status == 0 && outcome.out == answer + "\n" && outcome.errors == "")
    }
    let lines = """
      {"expr": "x + 1", "bindings": {"x": {"type": "int", "value": 1}}}
      {"expr": "x + 1", "bindings": {"x": {"type": "int"}}}
      {"expr": "x + 1"}
      no JSON

      """
    let outcome = try told("eval", input: lines)
    let answers = try objects(outcome.out)
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(
      answers.map { $0.keys.sorted() } == [
        ["type", "value"], ["unknown"], ["refused"], ["refused"],
      ])
    #expect(answers.first?["value"] as? Int == 2)
  }

  // MARK: - For machines

  static let promised: [(line: String, keys: [String])] = [
    ("run feed --reports NEW", ["run", "as-of", "exit", "exceeded", "files", "folder"]),
    ("check feed", ["run", "as-of", "exceeded", "files"]),
    ("explain feed K02", ["subject", "name", "rubric", "status", "score", "score_upper", "parts"]),
    (
      "letters feed --rubric hygiene --out NEW",
      ["run", "rubric", "letters", "undecided", "out"]
    ),
    ("compare feed later", ["before", "after", "order", "coverage", "rubrics"]),
    ("history K02", ["subject", "rubrics"]),
    ("verify feed", ["run", "same", "inputs", "outputs", "run_again", "differences"]),
    ("disclose feed K02", ["run", "purpose", "legal_basis", "contact", "subject", "rows"]),
    ("purge", ["as_of", "due", "held", "kept"]),
    ("purge --yes", ["purge", "proof", "left", "plan"]),
    ("workbook feed --output NEW.xlsx", ["workbook"]),
    ("sign later --key signing.pem", ["run", "signature", "algorithm", "replaces"]),
    ("ledger check", ["runs", "faults"]), ("ledger backup NEW", ["backup"]),
    ("ledger rebuild --inputs .", ["whole", "without_results", "kept"]),
    ("rules check rules/kitchens", ["faults", "notes"]),
    ("rules forms rules/kitchens --out NEW", ["forms", "without"]),
    ("rules test rules/kitchens", ["rubrics"]),
    ("rules impact rules/kitchens --run feed", ["run", "before", "after", "rubrics"]),
    ("rules draft feed/register.csv", ["files"]),
  ]

  @Test("writes JSON with the promised keys, and nothing else", arguments: promised)
  func json(line: String, keys: [String]) throws {
    let outcome = try withNewPath { try told(line + " --json", new: $0) }
    #expect(outcome.status == 0 && outcome.errors == "")
    let objects = try objects(outcome.out)
    #expect(!objects.isEmpty)
    for object in objects {
      let missing = keys.filter { object[$0] == nil }
      #expect(missing == [], "there are: \(object.keys.sorted())")
    }
  }

  /// One object a line.
  func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
  }

  // MARK: - The program as a whole

  @Test("helps in both languages, tells its version, and completes in three shells")
  func help() throws {
    for command in try commands() {
      let outcome = try told("help \(command)")
      #expect(outcome.status == 0 && outcome.errors == "")
      let overview = outcome.out.split(separator: "\n").first ?? ""
      #expect(overview.contains(" · "), "\(command): \(overview)")
      #expect(outcome.out.contains("USAGE: heng \(command)"))
    }
    let version = try told("--version")
    #expect(version.status == 0 && version.out.wholeMatch(of: #/\d+\.\d+\.\d+\n/#) != nil)
    for shell in ["bash", "zsh", "fish"] {
      let script = try told("--generate-completion-script \(shell)")
      #expect(script.status == 0 && script.out.contains("heng") && script.out.contains("explain"))
    }
  }

  @Test("is tested here in every command")
  func everyCommand() throws {
    let others = ["synth", "eval", "rules revise"]
    let lines = Self.successes.map(\.line) + others
    for command in try commands() where !["rules", "ledger"].contains(command) {
      #expect(lines.contains { $0.hasPrefix(command) }, "\(command) in no success")
      let isJSON = Self.promised.contains { $0.line.hasPrefix(command) }
      let takesJSON = try told("help \(command)").out.contains("--json")
      #expect(isJSON || !takesJSON || others.contains(command), "\(command) with no JSON")
      let isRefused = Self.refusals.contains { $0.line.hasPrefix(command) }
      #expect(isRefused || command == "eval", "\(command) in no refusal")
    }
  }

  /// All that the help lists.
  private func commands() throws -> [String] {
    func listed(_ help: String) -> [String] {
      let lines = help.split(separator: "\n", omittingEmptySubsequences: false)
      return lines.drop { !$0.hasPrefix("SUBCOMMANDS:") }.dropFirst().prefix { !$0.isEmpty }
        .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
        .compactMap { $0.split(separator: " ").first.map { String($0) } }
    }
    let all = listed(try told("--help").out)
    #expect(all.count == 15)
    return all
      + (try ["rules", "ledger"].flatMap { group in
        listed(try told("\(group) --help").out).map { "\(group) \($0)" }
      })
  }
}

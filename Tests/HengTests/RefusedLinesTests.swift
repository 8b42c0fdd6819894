import Foundation
import Testing

/// What the program refuses, and how it ends then; of the same suite, so that no two of its tests run
/// at once in the folder that they share.
extension CommandLineTests {
  // MARK: - Wrong usage

  @Test(
    "ends with 2 where it is used wrongly, says so in both languages, and how it is used",
    arguments: [
      ("nonsense", "没有命令“nonsense”，命令有：run、check"), ("--nonsense", "没有选项“--nonsense”"),
      ("run", "缺少“<delivery>”"), ("run feed --jobs 0", "--jobs 至少为 1"),
      ("run feed --jobs", "“--jobs <jobs>”没有写值"), ("run feed --jobs x", "“x”不能用于“--jobs <jobs>”"),
      ("run feed later", "多出“later”"), ("run feed --report NEW", "没有选项“--report”，是否应为“--reports”？"),
      ("check feed --lang fr", "“fr”不能用于“--lang <lang>”"), ("explain feed", "缺少“<subject>”"),
      ("explain feed K02 --annex", "--annex 要和 --html 一起使用"),
      ("letters feed", "缺少“--rubric <rubric>”"), ("compare feed", "缺少“<after>”"),
      ("history", "缺少“<subject>”"), ("verify", "缺少“<run>”"),
      ("disclose feed", "缺少“<subject>”"), ("purge --yes --dry-run", "--yes 和 --dry-run 不能同时使用"),
      ("purge --as-of soon", "--as-of 应写成 2021-11-06"), ("workbook feed --rows 0", "--rows 至少为 1"),
      ("rules nonsense", "没有命令“nonsense”，命令有：check"), ("rules check", "缺少“<rules>”"),
      ("rules forms", "缺少“<rules>”"), ("rules forms rules/kitchens", "缺少“--out <out>”"),
      ("rules forms rules/kitchens --record", "“--record <record>”没有写值"),
      ("rules show", "缺少“<rules>”"), ("rules revise rules/kitchens", "缺少“<workbook>”"),
      ("rules test", "缺少“<rules>”"), ("rules impact rules/kitchens", "缺少“--run <run>”"),
      ("rules impact a b c --run feed", "请写一个或两个规则包文件夹"), ("rules draft", "缺少“<files> ...”"),
      ("synth NEW --units 0", "--units 至少为 1"), ("synth NEW --mess 2", "--mess 应在 0 和 1 之间"),
      ("synth NEW --units many", "“many”不能用于“--units <units>”"), ("eval 1 2 3", "多出“2”、“3”"),
    ])
  func wrongUsage(line: String, zh: String) throws {
    let outcome = try told(line)
    #expect(outcome.status == 2)
    #expect(outcome.out == "")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.first?.hasPrefix("用法有误：\(zh)") == true, "\(outcome.errors)")
    #expect(lines.dropFirst().first?.hasPrefix("Error: ") == true)
    let command = line.split(separator: " ").prefix { !$0.hasPrefix("-") && $0 != "nonsense" }
    let named = ["heng"] + command.prefix(command.first == "rules" ? 2 : 1)
    #expect(outcome.errors.contains("Usage: " + named.joined(separator: " ")))
  }

  @Test(
    "names the command that a misspelt one is nearest to",
    arguments: [
      ("rnu feed", "run"), ("rnu feed --lang en", "run"), ("exlpain feed K02", "explain"),
      ("rules chek rules/kitchens", "check"), ("ledger chekc", "check"),
    ])
  func misspelt(line: String, wanted: String) throws {
    let outcome = try told(line)
    #expect(outcome.status == 2)
    #expect(outcome.out == "")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.first?.contains("是否应为“\(wanted)”？") == true, "\(outcome.errors)")
    #expect(lines.dropFirst().first?.hasSuffix("Did you mean '\(wanted)'?") == true)
    #expect(outcome.errors.contains("Usage: heng"))
  }

  // MARK: - Refused data

  /// How a command ends, and what it says of its data.
  static let refusals: [(line: String, status: Int32, zh: String, en: String)] = [
    ("sign nowhere --key signing.pem", 2, "没有已发布的批次“nowhere”", "no published run “nowhere”"),
    ("sign feed --key public.pem", 2, "是证书或公钥，不能用来签名", "which cannot sign"),
    ("sign feed --key feed/register.csv", 2, "不是 PEM 格式的私钥", "is no private key in PEM"),
    ("ledger check --reports NEW", 2, "没有运行记录", "there is no ledger"),
    ("ledger backup signing.pem", 2, "已有同名文件", "is there already"),
    ("ledger rebuild --reports NEW", 2, "没有已发布的批次可供重建", "no published run to make a ledger from"),
    (
      "run CASES/a-file-cut-in-the-middle/inputs/feed --reports NEW", 1,
      "borough.xml:34:27: 文件在此中断", "borough.xml:34:27: the file ends here"
    ),
    (
      "run CASES/a-file-that-no-profile-knows/inputs/feed --reports NEW", 2,
      "stars.csv:1:1: 没有来源配置", "stars.csv:1:1: no source profile"
    ),
    (
      "run CASES/a-pack-with-faults/inputs/feed --reports NEW", 2, "pack.yaml:1:1: 缺少“owner”",
      "pack.yaml:1:1: “owner” is missing"
    ),
    (
      "run CASES/a-run-without-purpose/inputs/feed --reports NEW", 2,
      "run.yaml:1:1: 缺少“purpose”", "run.yaml:1:1: “purpose” is missing"
    ),
    (
      "run nowhere --reports NEW", 2, "nowhere/run.yaml:1:1: 没有",
      "nowhere/run.yaml:1:1: there is no"
    ),
    (
      "check CASES/a-file-cut-in-the-middle/inputs/feed", 1, "borough.xml:34:27: 文件在此中断",
      "borough.xml:34:27: the file ends here"
    ),
    ("explain feed K99", 2, "没有对“K99”评分", "no result for “K99”"),
    ("explain feed K02 --rubric stars", 2, "没有评分标准“stars”", "there is no rubric “stars”"),
    ("explain nowhere K02", 2, "批次“nowhere”", "run “nowhere”"),
    ("letters feed --rubric stars --out NEW", 2, "没有评分标准“stars”", "there is no rubric “stars”"),
    (
      "letters feed --rubric hygiene --where faulty>2 --out NEW", 2, "--where:1:1: ",
      "--where:1:1: "
    ),
    (
      "letters feed --rubric hygiene --where faults>99 --out NEW", 2, "没有符合条件的对象",
      "nobody meets the condition"
    ),
    ("letters feed --rubric hygiene --out rules", 2, "文件夹不是空的", "the folder is not empty"),
    ("letters nowhere --rubric hygiene --out NEW", 2, "批次“nowhere”", "run “nowhere”"),
    ("compare feed nowhere", 2, "批次“nowhere”", "run “nowhere”"),
    ("history K99", 2, "没有对“K99”的评分", "a result for “K99”"),
    ("history K02 --reports NEW", 2, "没有运行记录", "there is no ledger"),
    ("verify nowhere", 2, "批次“nowhere”", "run “nowhere”"),
    ("disclose feed K99", 2, "没有“K99”的任何数据", "holds nothing about “K99”"),
    ("purge --reports NEW", 2, "没有运行记录", "there is no ledger"),
    ("workbook nowhere --output NEW.xlsx", 2, "批次“nowhere”", "run “nowhere”"),
    (
      "rules check rules/faulty", 2, "rules/faulty/pack.yaml:7:1: 没有键“contcat”",
      "rules/faulty/pack.yaml:7:1: there is no key “contcat”"
    ),
    ("rules forms rules/faulty --out NEW", 2, "没有键“contcat”", "there is no key “contcat”"),
    (
      "rules forms rules/kitchens --record stars --out NEW", 2, "没有数据类别“stars”",
      "there is no record kind “stars”"
    ),
    ("rules show rules/faulty", 2, "没有键“contcat”", "there is no key “contcat”"),
    ("rules show rules/kitchens --rubric stars", 2, "没有评分标准“stars”", "there is no rubric “stars”"),
    ("rules revise rules/kitchens feed/register.csv", 2, "feed/register.csv", "feed/register.csv"),
    ("rules test rules/faulty", 2, "没有键“contcat”", "there is no key “contcat”"),
    ("rules impact rules/faulty --run feed", 2, "没有键“contcat”", "there is no key “contcat”"),
    ("rules draft nowhere.csv", 2, "nowhere.csv:1:1: 无法读取", "nowhere.csv:1:1: cannot be read"),
    (
      "rules draft feed/register.csv --out rules", 2, "rules:1:1: 文件夹不是空的",
      "rules:1:1: the folder is not empty"
    ),
    (
      "synth NEW --rules rules/kitchens", 2, "rules/kitchens/synthesis.yaml:1:1: 没有这个文件",
      "rules/kitchens/synthesis.yaml:1:1: there is no such file"
    ),
  ]

  @Test(
    "says on standard error what is wrong with data and what to do, and writes nothing",
    arguments: refusals)
  func refusal(line: String, status: Int32, zh: String, en: String) throws {
    for (language, word, other) in [("zh", zh, en), ("en", en, zh)] {
      try withNewPath { new in
        let outcome = try told(line + " --lang \(language)", new: new)
        #expect(outcome.status == status)
        #expect(outcome.out == "")
        #expect(outcome.errors.contains(word), "\(language): \(outcome.errors)")
        #expect(word == other || !outcome.errors.contains(other))
        for message in outcome.errors.split(separator: "\n") {
          #expect(message.contains(" — "), "no cure: \(message)")
        }
        let left = (try? FileManager.default.contentsOfDirectory(atPath: new)) ?? []
        #expect(left.filter { !$0.hasPrefix(".") } == [])
      }
    }
  }

  @Test("publishes and ends with 3 where tolerances are exceeded, a check with the same")
  func exceeded() throws {
    let delivery = "CASES/too-much-in-quarantine/inputs/feed"
    try withNewPath { new in
      let outcome = try told("run \(delivery) --reports NEW --json --lang en", new: new)
      #expect(outcome.status == 3)
      #expect(try objects(outcome.out).first?["exit"] as? Int == 3)
      #expect(outcome.errors.hasPrefix("2 of 3 rows (66.7%)") && outcome.errors.contains(" — "))
      #expect(FileManager.default.fileExists(atPath: new + "/feed/manifest.json"))
      let quiet = try told("run \(delivery) --reports NEW --quiet", new: new)
      #expect(quiet.status == 3 && quiet.out == "" && quiet.errors.contains("66.7%"))
    }
    let checked = try told("check \(delivery) --quiet")
    #expect(checked.status == 3 && checked.out == "" && checked.errors.contains("66.7%"))
  }

  @Test("tells whether a published run was signed by whoever has a certificate's key")
  func signed() throws {
    try withNewPath { new in
      let folder = try World.folder()
      try FileManager.default.copyItem(atPath: folder + "/reports", toPath: new)
      let line = "verify feed --signed-by public.pem --reports NEW --lang en"
      let unsigned = try told(line, new: new)
      #expect(unsigned.status == 1 && unsigned.out.contains("no signature"))
      #expect(try told("sign feed --key signing.pem --reports NEW", new: new).status == 0)
      let signed = try told(line, new: new)
      #expect(signed.status == 0 && signed.out.contains("signed by public.pem"))
      let again = "sign feed --key signing.pem --reports NEW --lang en"
      #expect(try !told(again, new: new).out.contains("is replaced"))
      try Data("x".utf8).write(to: URL(filePath: new + "/feed/manifest.json.sig"))
      #expect(try told(line, new: new).status == 1)
      #expect(
        try told(again, new: new).out.contains("another signature that stood there is replaced"))
      // Once it is published again, the old signature is gone.
      #expect(try told("run feed --reports NEW", new: new).status == 0)
      #expect(!FileManager.default.fileExists(atPath: new + "/feed/manifest.json.sig"))
    }
  }

  @Test("writes a comparison as table, workbook and page")
  func comparisonFiles() throws {
    try withNewPath { new in
      let outcome = try told(
        "compare feed later --csv NEW.csv --xlsx NEW.xlsx --html NEW.html --quiet", new: new)
      #expect(outcome.status == 0 && outcome.out == "" && outcome.errors == "")
      let heads = ["csv": "\u{feff}rubric,subject", "xlsx": "PK", "html": "<!doctype html>"]
      for (kind, head) in heads {
        let bytes = try Data(contentsOf: URL(filePath: "\(new).\(kind)"))
        #expect(bytes.starts(with: Data(head.utf8)), "\(kind)")
        try FileManager.default.removeItem(atPath: "\(new).\(kind)")
      }
    }
  }

  @Test(
    "ends with 1 where what it prints goes nowhere, and has done its work all the same",
    arguments: [">/dev/full", ">&-"])
  func outputLost(place: String) throws {
    try withNewPath { new in
      let folder = try World.folder()
      for line in ["history K02", "rules check rules/kitchens", "run feed --reports \(new)"] {
        let outcome = try shell("heng \(line) \(place)", in: folder)
        #expect(outcome.status == 1, "\(line)")
        #expect(outcome.errors.contains("standard output"), "\(line): \(outcome.errors)")
      }
      #expect(try told("verify feed --reports \(new)").status == 0)
    }
  }

  @Test(
    "publishes for its owner and the owner's group, whatever the umask", arguments: ["000", "077"])
  func modes(umask: String) throws {
    try withNewPath { new in
      let outcome = try shell(
        "umask \(umask); heng run feed --reports \(new) && find \(new) -type f ! -perm 640 -o "
          + "-type d ! -perm 750", in: try World.folder())
      #expect(outcome.status == 0)
      #expect(outcome.out.split(separator: "\n").filter { $0.hasPrefix(new) } == [])
    }
  }

  @Test("ends with 1 where a published run is not what it was", arguments: ["zh", "en"])
  func different(language: String) throws {
    try withNewPath { new in
      let folder = try World.folder()
      try FileManager.default.copyItem(atPath: folder + "/reports", toPath: new)
      try Data("x".utf8).write(to: URL(filePath: new + "/feed/coverage.csv"))
      let outcome = try told("verify feed --reports NEW --lang \(language)", new: new)
      #expect(outcome.status == 1 && outcome.errors == "")
      #expect(outcome.out.contains("coverage.csv"))
      let json = try told("verify feed --reports NEW --json", new: new)
      #expect(json.status == 1)
      #expect(try objects(json.out).first?["same"] as? Bool == false)
    }
  }

  @Test("ends with 1 where an example does not come out as it says", arguments: ["zh", "en"])
  func wrongExample(language: String) throws {
    let outcome = try told("rules test rules/wrong --lang \(language)")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("rules/wrong/rubrics/hygiene.yaml:"))
    #expect(outcome.out.contains(language == "zh" ? "不通过 1" : "1 failed"))
    let json = try told("rules test rules/wrong --json")
    #expect(json.status == 1)
    let rubrics = try objects(json.out).first?["rubrics"] as? [[String: Any]]
    #expect((rubrics?.first?["failed"] as? [Any])?.count == 1)
  }
}

import RulePacks
import Tables
import Testing

@testable import Drafting

@Suite("Guessed types")
struct GuessTests {
  static let names: PackVocabulary = {
    var pack = RulePack(about: RulePack.About())
    pack.about.currency = "CNY"
    pack.words.yes = ["是"]
    pack.words.no = ["否"]
    pack.words.multiples = ["万": 10_000].compactMapValues { Exact($0) }
    return PackVocabulary([pack])
  }()

  @Test(
    "follow from the texts of a column",
    arguments: [
      (["91410300PDY900165E", "31410300PDY90051XG"], .uscc),
      (["91410300PDY900165E", "91410300PDY900165F"], .uscc),
      (["410305009002908"], .registrationNumber),
      (["2018-11-06", "2018年11月6日", "20181106"], .date),
      (["2018", "2017"], .int), (["1", "0"], .int), (["1,000", "3万"], .int),
      (["1.5", "2"], .decimal), (["85%", "90%"], .percent), (["是", "否"], .flag),
      (["3A", "AAAAA", "2A"], .grade), (["A", "B+"], .grade),
      (["001", "002"], .text), (["101", "102", "103", "001"], .text),
      (["某某示例有限公司", "另一示例有限公司"], .text),
    ] as [([String], FieldType)])
  func types(texts: [String], type: FieldType) {
    let counts = Dictionary(uniqueKeysWithValues: texts.map { ($0, 1) })
    let guess = Guesser(names: Self.names).guess(counts, known: nil, header: "列")
    #expect(guess.kind == .type(type))
  }

  @Test("say how many texts fit, and give way below nine of ten")
  func shares() {
    let guesser = Guesser(names: Self.names)
    let most = guesser.guess(["3": 10, "五": 1], known: nil, header: "人数")
    #expect(most.kind == .type(.int))
    #expect(most.fits == 10 && most.stated == 11)
    let some = guesser.guess(["3": 8, "五": 2], known: nil, header: "人数")
    #expect(some.kind == .type(.code))
  }

  @Test(
    "leave out what looks like persons",
    arguments: [
      (["******************", "******************x"], .identityNumbers),
      (["13800000000", "0379-0000000"], .contacts), (["a@b.example", "c@d.example"], .contacts),
      (["张示例", "李示例", "王某", "赵某某", "钱示"], .persons),
    ] as [([String], Guess.Doubt)])
  func doubts(texts: [String], doubt: Guess.Doubt) {
    let counts = Dictionary(uniqueKeysWithValues: texts.map { ($0, 1) })
    let guess = Guesser(names: Self.names).guess(counts, known: nil, header: "列")
    #expect(guess.kind == .doubtful(doubt))
  }

  @Test(
    "leave out by their names heads of organisations, contacts and addresses",
    arguments: [
      ("法定代表人", .persons), ("单位负责人姓名", .persons), ("HeadTeacher", .persons),
      ("head_first_name", .persons), ("联系电话", .contacts), ("E-Mail", .contacts),
      ("住所地址", .addresses), ("postal address", .addresses), ("负责人数", nil),
      ("telling", nil), ("ahead", nil), ("名称", nil), ("Headcount", nil),
    ] as [(String, Guess.Doubt?)])
  func headers(header: String, doubt: Guess.Doubt?) {
    #expect(PersonalHeader(header).doubt == doubt)
  }

  @Test("believe the field of a pack at hand where the texts bear it out")
  func known() {
    let guesser = Guesser(names: Self.names)
    let money = Field(id: "capital", label: "资本", type: .money)
    #expect(guesser.guess(["500": 3], known: money, header: "资本(万元)").kind == .type(.money))
    #expect(guesser.guess(["是": 3, "否": 1], known: money, header: "资本").kind == .type(.flag))
    var born = Field(id: "born", label: "出生", type: .date)
    born.sensitivity = .personal
    #expect(
      guesser.guess(["1970-01-01": 3], known: born, header: "出生").kind == .doubtful(.protected))
  }
}

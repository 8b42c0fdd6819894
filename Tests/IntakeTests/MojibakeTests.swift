import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

@Suite("Text in a wrong encoding")
struct MojibakeTests {
  private func looksOdd(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return lookAt(bytes.span).isOdd && isMojibake(bytes.span)
  }

  /// What a text becomes that is written in one encoding and read in another; nil where it cannot.
  private func asRead(_ text: String, _ from: String.Encoding, _ to: String.Encoding) -> String? {
    text.data(using: from).flatMap { String(data: $0, encoding: to) }
  }

  private static let gb = String.Encoding(rawValue: 0x8000_0632)

  @Test(
    "is known by what no name holds",
    arguments: [
      "M黮ler & S鰄ne", "膒fel", "锟斤拷锟斤拷", "洛阳锟斤拷公司", "ä¸­å›½å…¬å¸", "MÃ¼ller", "CafÃ©", "\u{FFFD}ҵ公司",
      "甲\u{E000}\u{E001}", "Ð\u{9F}Ñ\u{80}Ð¸", "caf\u{82}", "浣犲ソ",
    ])
  func known(text: String) { #expect(looksOdd(text)) }

  @Test(
    "is no false alarm on names that look strange",
    arguments: [
      "Do Me A Favour?", "卡拉OK", "KTV餐廳", "A座3層", "栾川县某某公司", "汽车4S店", "Müller & Söhne", "«CAFÉ»",
      "décidé…”", "Übergrößen", "SÃO PAULO", "T恤店", "e袋洗", "鑫焱淼", "張門", "〇", "ＶＩＰ館", "Ærøskøbing",
    ])
  func plain(text: String) { #expect(!looksOdd(text)) }

  @Test(
    "is known where UTF-8 was read as GB18030", arguments: ["洛阳有限公司", "中国公司", "你好"])
  func readAsGB(text: String) throws {
    #expect(looksOdd(try #require(asRead(text, .utf8, Self.gb))))
  }

  /// Words of eight scripts, of which names are made.
  private static let scripts: [[String]] = [
    [
      "Müller", "Söhne", "Café", "García", "São", "Crème", "Łódź", "Nguyễn", "Åse", "Élan", "Do",
      "Me?",
    ],
    ["洛阳", "涧西", "瀍河", "鑫淼", "商贸", "有限公司", "栾川", "偃师", "喆", "KTV", "A座", "焱"],
    ["臺北", "貿易", "銀行", "餐廳", "館", "龍門", "電氣", "VIP", "鐵路", "國語", "3樓", "門市"],
    ["さくら", "ラーメン", "本店", "株式会社", "東京", "Ｔシャツ", "銀座", "カフェ", "の", "寿司", "ビル", "2階"],
    ["서울", "식당", "김밥", "주식회사", "한국", "은행", "카페", "본점", "부산", "마트", "24시", "역"],
    [
      "Привет", "Москва", "Кафе", "Ёлка", "Ресторан", "Ізюм", "Борщ", "Чай", "Дом", "№5", "Ъ", "Юг",
    ],
    ["مطعم", "القاهرة", "شركة", "بنك", "مقهى", "דוד", "מסעדה", "قهوة", "سوق", "نور", "دار", "بيت"],
    [
      "Ταβέρνα", "Καφέ", "ร้านอาหาร", "กรุงเทพ", "भोजनालय", "दिल्ली", "Ελλάδα", "Ώρα", "ห้าง", "राम", "ญี่ปุ่น",
      "श्री",
    ],
  ]

  @Test("raises no alarm on 8,000 names of eight scripts, and few misses on those misread")
  func rates() {
    var draw = Draw(seed: 7)
    var alarms: [String] = []
    var (misread, found) = (0, 0)
    for words in Self.scripts {
      for _ in 0..<1000 {
        let count = 2 + draw.below(3)
        let isSpaced = (words[0].utf8.first ?? 0) < 0xE3
        let name = (0..<count).map { _ in draw.pick(words) }
          .joined(separator: isSpaced ? " " : "")
        if looksOdd(name) { alarms.append(name) }
        // What cannot be misread without a fault, or is the same afterwards, counts for nothing.
        for wrong in [
          asRead(name, .utf8, .windowsCP1252), asRead(name, .windowsCP1252, Self.gb),
        ] {
          guard let wrong, wrong != name else { continue }
          misread += 1
          if looksOdd(wrong) { found += 1 }
        }
      }
    }
    // No false alarm in 8,000; at least 19 of 20 that were misread are found.
    #expect(alarms.isEmpty, "\(Set(alarms).sorted().prefix(20))")
    #expect(misread > 500 && found * 20 >= misread * 19, "\(found) of \(misread)")
  }

  @Test("raises no alarm in the names of the sample")
  func sample() throws {
    var texts = 0
    for folder in ["inputs/example-2018q3", "inputs/luoyang-2018q3/registration"] {
      let files = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
      for file in files.sorted() where file.hasSuffix(".csv") || file.hasSuffix(".xml") {
        guard let data = FileManager.default.contents(atPath: folder + "/" + file),
          let text = String(data: data.prefix(1 << 20), encoding: .utf8)
        else { continue }
        for line in text.split(separator: "\n").prefix(2000) {
          for cell in line.split(whereSeparator: { ",<>".contains($0) }) {
            texts += 1
            #expect(!looksOdd(String(cell)), "\(file): \(cell)")
          }
        }
      }
    }
    #expect(texts > 1000)
  }

  @Test("takes the row with it in a name, and elsewhere leaves a finding")
  func rows() async throws {
    let delivery = try await taking(
      "单位名称,区县,备注\n锟斤拷,涧西区,\nM黮ler,涧西区,\n甲,涧西区,ä¸­å›½\n乙,涧西区,好\n")
    #expect(delivery.faults == ["mojibake", "mojibake"])
    #expect(delivery.rules == ["mojibake"] && delivery.column("note") == ["-", "好"])
    #expect(delivery.isComplete)
  }

  @Test(
    "is a file that reads as rare characters, refused with what it probably is",
    arguments: [
      ("Müller & Söhne,410305\nÄpfel,410305\n", 12 as UInt, "Windows-1252"),
      ("東京都さくらラーメン本店,410305\n", 8, "Shift_JIS"),
      ("臺北市中正區國語實驗國民小學,410305\n貿易股份館電氣龍門,410305\n", 0x8000_0A03, "Big5"),
    ])
  func files(rows: String, encoding: UInt, name: String) async throws {
    let text = "ENTNAME,DIVISION\n" + rows
    let data = try #require(text.data(using: String.Encoding(rawValue: encoding)))
    let refusal = try #require(await failure(["a.csv": Array(data)]))
    #expect(refusal.messages[0].en.contains(name))
    #expect(refusal.messages[0].zh.contains("另存为 UTF-8"))
  }

  @Test("is none where Chinese text holds a rare character, the euro or an old space")
  func chinese() async throws {
    for text in [
      "单位名称,区县\n東京都さくらラーメン本店,涧西区\n", "单位名称,区县\n张喆,涧西区\n", "ENTNAME,DIVISION\n李堃,410305\n",
    ] {
      let delivery = try await taking(["a.csv": try gb18030(text)])
      #expect(delivery.files.map(\.encoding) == ["gb18030"] && delivery.faults.isEmpty)
    }
    let euro = try gb18030("单位名称,区县\n欧元") + [0x80] + (try gb18030("小馆,涧西区\n"))
    #expect(try await taking(["a.csv": euro]).column("name") == ["欧元€小馆"])
    let space = try gb18030("单位名称,区县\n") + [0xA3, 0xA0] + (try gb18030("蓝壶,涧西区\n"))
    #expect(try await taking(["a.csv": space]).column("name") == ["蓝壶"])
  }

  @Test(
    "cannot come of an encoding that a profile declares: it is believed, or the file is refused",
    arguments: [
      (SourceProfile.EncodingHint.utf8, false), (.gb18030, true), (.utf16, false),
    ])
  func declared(hint: SourceProfile.EncodingHint, isRead: Bool) async throws {
    var pack = samplePack()
    pack.sources[0].encoding = hint
    let file = try gb18030("ENTNAME,DIVISION\n洛阳瀍河某某,410305\n")
    guard isRead else {
      let refusal = try #require(await failure(["a.csv": file], pack: pack))
      #expect(refusal.messages[0].en.contains(hint.rawValue))
      return
    }
    let delivery = try await taking(["a.csv": file], pack: pack)
    #expect(delivery.column("name") == ["洛阳瀍河某某"])
    let other = try #require(
      await failure(["a.csv": Array("ENTNAME,DIVISION\n洛阳,410305\n".utf8)], pack: pack))
    #expect(other.messages[0].en.contains("gb18030"))
  }
}

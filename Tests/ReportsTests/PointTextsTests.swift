import Tables
import Testing

@testable import Reports

@Suite struct PointTextsTests {
  @Test("writes points as other tables do, whether they are made or not", arguments: 0...3)
  func points(decimals: Int) {
    let texts = PointTexts(least: -10_050, most: 105_000, decimals: decimals)
    let values: [Int32] = [
      0, 100, 1_000, 12_345, 87_500, 100_000, 105_000, 105_001, 1_234_567, -1, -500, -10_000,
      -10_050, -10_051, -2_000_000, .max, .min + 1,
    ]
    for value in values {
      // More room than the text needs, and no more.
      for capacity in [64, shownPoints(Int(value), decimals: decimals).utf8.count + 1] {
        let bytes = [UInt8](capacity: capacity) { $0.put(value, texts) }
        #expect(
          String(decoding: bytes, as: UTF8.self)
            == "," + shownPoints(Int(value), decimals: decimals))
      }
    }
  }

  @Test("makes no table of points that none lie between")
  func none() {
    let texts = PointTexts(least: 300_000, most: 400_000, decimals: 1)
    let bytes = [UInt8](capacity: 64) { $0.put(350_000, texts) }
    #expect(String(decoding: bytes, as: UTF8.self) == ",350.0")
  }

  @Test("writes shares as percentages", arguments: [0, 5, 857, 1000, 1001, -3, .max] as [Int32])
  func percents(share: Int32) {
    let texts = PointTexts(percentsUpTo: 1000)
    let bytes = [UInt8](capacity: 64) { $0.put(percent: share, texts) }
    #expect(String(decoding: bytes, as: UTF8.self) == "," + shownPercent(Int(share), decimals: 1))
  }
}

public import Tables

/// Why a lane has no value although all its facts are known; the numbers stand in
/// `Vector.faults`.
public enum Fault: UInt8, Sendable, CaseIterable {
  case divisionByZero = 1
  case overflow = 2
  case noSuchKey = 3
  case indexOutOfRange = 4
  case noSuchOverload = 5
  case badConversion = 6
  case repeatedKey = 7
  case badKeyType = 8
  /// A date without day or month where the day decides, and no fact could supply it.
  case impreciseDate = 9

  public var message: Bilingual {
    switch self {
    case .divisionByZero: Bilingual(zh: "除数为零", en: "division by zero")
    case .overflow: Bilingual(zh: "结果超出可表示的范围", en: "result out of range")
    case .noSuchKey: Bilingual(zh: "没有这个键", en: "no such key")
    case .indexOutOfRange: Bilingual(zh: "下标超出列表范围", en: "index out of range")
    case .noSuchOverload:
      Bilingual(zh: "此运算不适用于这种类型的值", en: "no such overload")
    case .badConversion: Bilingual(zh: "无法转换这个值", en: "value cannot be converted")
    case .repeatedKey: Bilingual(zh: "映射中有重复的键", en: "repeated key in a map")
    case .badKeyType: Bilingual(zh: "不能用作映射的键", en: "unsupported key type")
    case .impreciseDate:
      Bilingual(zh: "日期缺少年月日中的一部分，无法判定", en: "the date is not precise enough")
    }
  }
}

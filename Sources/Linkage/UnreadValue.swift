import Tables

/// Which values of a correction cannot be read as the field that it corrects.
enum UnreadValue: Sendable {
  case old, new, both

  /// What is said of the correction, and how it is mended.
  func words(of correction: AppliedCorrection) -> (message: Bilingual, cure: Bilingual) {
    let old = Bilingual(
      zh: "原值“\(correction.oldValue)”", en: "the old value “\(correction.oldValue)”")
    let new = Bilingual(
      zh: "更正值“\(correction.newValue)”", en: "the new value “\(correction.newValue)”")
    let values =
      switch self {
      case .old: old
      case .new: new
      case .both: Bilingual(zh: "\(old.zh)和\(new.zh)", en: "\(old.en) and \(new.en)")
      }
    let message = Bilingual(
      zh: "更正未采用：“\(correction.field)”的\(values.zh)无法读取。",
      en: "The correction was not applied: \(values.en) cannot be read as “\(correction.field)”.")
    let asWritten = Bilingual(
      zh: "按该字段的填写要求改正", en: "Write it as that field is to be written")
    guard self != .new else {
      return (message, Bilingual(zh: asWritten.zh + "。", en: asWritten.en + "."))
    }
    return (
      message,
      Bilingual(
        zh: asWritten.zh + "；原值也可照报送的原文填写，但报送时就无法读取、已按未填处理的（如约数），原值须留空。",
        en: asWritten.en
          + "; the old value may be written as it was delivered, but must be left blank where that "
          + "could not be read and was taken as not stated, as with an approximate number.")
    )
  }
}

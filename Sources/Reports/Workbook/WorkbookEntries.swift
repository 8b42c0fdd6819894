import CLibXLSXWriter
import Glibc
import RulePacks
import Tables

/// What a spreadsheet warns of while a form is filled in. It never stops anybody: intake takes more
/// spellings than a spreadsheet knows, such as `600万元` or a date without a day.
extension Workbook {
  func check(
    _ entry: WorkbookSheet.Entry, in target: UnsafeMutablePointer<lxw_worksheet>,
    _ column: UInt16, _ rows: ClosedRange<UInt32>
  ) {
    var rule = unsafe lxw_data_validation()
    unsafe rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
    switch entry.kind {
    case .text: return
    case .length(let count):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_LENGTH.rawValue)
      unsafe rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_EQUAL_TO.rawValue)
      unsafe rule.value_number = Double(count)
    case .whole(let least, let most):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_INTEGER.rawValue)
      unsafe rule.minimum_number = least ?? -mostOfNumbers
      unsafe rule.maximum_number = most ?? mostOfNumbers
    case .number(let least, let most):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
      unsafe rule.minimum_number = least ?? -mostOfNumbers
      unsafe rule.maximum_number = most ?? mostOfNumbers
    case .date(let first, let last):
      unsafe rule.validate = UInt8(LXW_VALIDATION_TYPE_DATE.rawValue)
      // Spreadsheets know no day before 1900.
      unsafe rule.minimum_datetime = dateTime(max(first?.firstDay ?? firstOfSheets, firstOfSheets))
      unsafe rule.maximum_datetime = dateTime(last?.lastDay ?? PartialDate.openEnd.firstDay)
    }
    unsafe rule.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
    unsafe rule.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
    let warning = unsafe strdup(fitting(markupText(entry.warning), most: mostInWarning))
    defer { unsafe free(warning) }
    unsafe rule.error_message = warning
    // Safe: the library copies the text before the call returns.
    _ = unsafe worksheet_data_validation_range(
      target, rows.lowerBound, column, rows.upperBound, column, &rule)
  }
}

private func dateTime(_ day: Int32) -> lxw_datetime {
  let (year, month, day) = PartialDate(day: day).civil
  return lxw_datetime(
    year: Int32(year), month: Int32(month), day: Int32(day), hour: 0, min: 0, sec: 0)
}

/// 1 January 1900, in days since 1970.
private let firstOfSheets: Int32 = -25_567

/// Beyond this a spreadsheet does not keep every digit.
private let mostOfNumbers = 999_999_999_999_999.0

/// Characters that Excel takes in a warning.
private let mostInWarning = 220

/// A record of a text file with separators, and the line it begins on.
public struct SeparatedRecord: Sendable, Equatable {
  public var line: Int
  public var fields: [String]

  public init(line: Int, fields: [String]) {
    self.line = line
    self.fields = fields
  }
}

/// The records of a small file with separators (RFC 4180): quoted fields may hold separators,
/// line breaks and doubled quotes; lines end with LF, CRLF or CR; a byte order mark is dropped.
///
/// This is the plain reader, for files that people write by hand such as code tables. Deliveries
/// are read by a faster one, which is tested against it.
public func separatedRecords(of bytes: [UInt8], separator: UInt8 = UInt8(ascii: ","))
  -> [SeparatedRecord]
{
  var records: [SeparatedRecord] = []
  var fields: [String] = []
  var field: [UInt8] = []
  var line = 1
  var start = 1
  var isQuoted = false
  var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0

  func endField() {
    fields.append(String(decoding: field, as: UTF8.self))
    field.removeAll(keepingCapacity: true)
  }
  func endRecord() {
    endField()
    if fields != [""] { records.append(SeparatedRecord(line: start, fields: fields)) }
    fields = []
  }

  while index < bytes.count {
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\"") where isQuoted:
      if index < bytes.count, bytes[index] == byte {
        field.append(byte)
        index += 1
      } else {
        isQuoted = false
      }
    case UInt8(ascii: "\"") where field.isEmpty:
      isQuoted = true
    case separator where !isQuoted:
      endField()
    case 0x0A, 0x0D:
      if byte == 0x0D, index < bytes.count, bytes[index] == 0x0A {
        if isQuoted { field.append(byte) }
        index += 1
      }
      line += 1
      if isQuoted {
        field.append(0x0A)
      } else {
        endRecord()
        start = line
      }
    default:
      field.append(byte)
    }
  }
  if !field.isEmpty || !fields.isEmpty { endRecord() }
  return records
}

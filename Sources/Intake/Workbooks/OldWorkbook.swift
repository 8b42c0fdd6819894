import CFreeXL
import Glibc
import Tables

/// Reads a workbook of Excel 5 to 2003 or of WPS (.xls, .et): the only file that speaks to FreeXL.
///
/// FreeXL reads it in a child process, whose memory and time are limited and which can do nothing
/// but write to a pipe; what comes out of the pipe is no more believed than a delivered file.
struct OldWorkbook {
  let path: String
  var limits = WorkbookLimits()
  /// Bytes that the child may take.
  var memory = 1 << 30
  /// Seconds that it may compute.
  var seconds = 60
  /// Seconds without a byte after which it is given up.
  var patience = 30

  /// - Parameters:
  ///   - begin: called with the name of each sheet; says whether its rows are wanted.
  ///   - take: called with each row of a sheet that is wanted.
  ///   - end: called where such a sheet ends.
  func read(
    begin: (String) throws(WorkbookFault) -> Bool,
    take: (SheetRow) throws(WorkbookFault) -> Void, end: () -> Void
  ) throws(WorkbookFault) {
    guard freexl_is_there() != 0 else { throw .noReader }
    var attempts = 0
    while true {
      attempts += 1
      let child = try Child(self)
      guard try child.waitsForFirstByte(patience) else {
        // What another thread held locked when the child began stays locked in it for ever; then
        // it stands still without computing.
        guard !child.hasComputed, attempts < 3 else { throw .beyondLimits }
        continue
      }
      return try follow(child, begin, take, end)
    }
  }

  private func follow(
    _ child: borrowing Child, _ begin: (String) throws(WorkbookFault) -> Bool,
    _ take: (SheetRow) throws(WorkbookFault) -> Void, _ end: () -> Void
  ) throws(WorkbookFault) {
    var frames = Frames(child.output, patience: patience)
    var isWanted = false
    var isInSheet = false
    var sheets = 0
    while true {
      switch UInt32(try frames.byte()) {
      case frame_sheet.rawValue where !isInSheet:
        sheets += 1
        guard sheets <= limits.sheets else { throw .tooManySheets }
        isWanted = try begin(try frames.text(most: 1000))
        isInSheet = true
      case frame_row.rawValue where isInSheet:
        let row = try frames.row(limits)
        if isWanted { try take(row) }
      case frame_sheet_end.rawValue where isInSheet:
        if isWanted { end() }
        (isInSheet, isWanted) = (false, false)
      case frame_book_end.rawValue where !isInSheet: return
      case frame_fault.rawValue: throw .damaged("BIFF", "FreeXL \(try frames.signed())")
      case frame_locked.rawValue: throw .locked
      default: throw .beyondLimits
      }
    }
  }
}

/// The process that reads; it is ended and forgotten when the value goes out of scope.
private struct Child: ~Copyable {
  let output: Int32
  private let process: Int32

  init(_ book: OldWorkbook) throws(WorkbookFault) {
    var output: Int32 = -1
    let process = unsafe freexl_start(
      systemPath(book.path), book.memory, Int32(book.seconds), &output)
    guard process > 0 else { throw .beyondLimits }
    self.output = output
    self.process = process
  }

  deinit {
    _ = close(output)
    _ = kill(process, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// - Returns: false where nothing comes.
  func waitsForFirstByte(_ seconds: Int) throws(WorkbookFault) -> Bool {
    try isReady(output, seconds: seconds)
  }

  /// Whether it has computed at all, and does not just stand still.
  var hasComputed: Bool {
    var clock = clockid_t()
    var time = timespec()
    guard unsafe clock_getcpuclockid(process, &clock) == 0,
      unsafe clock_gettime(clock, &time) == 0
    else { return true }
    return time.tv_sec >= 1
  }
}

/// Whether something can be read, or the other end is closed.
private func isReady(_ descriptor: Int32, seconds: Int) throws(WorkbookFault) -> Bool {
  var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  while true {
    let count = unsafe poll(&wanted, 1, Int32(seconds * 1000))
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw .beyondLimits }
    return count > 0
  }
}

/// What the child writes.
private struct Frames {
  private let descriptor: Int32
  private let patience: Int
  private var piece: [UInt8] = []
  private var index = 0

  init(_ descriptor: Int32, patience: Int) {
    self.descriptor = descriptor
    self.patience = patience
  }

  mutating func byte() throws(WorkbookFault) -> UInt8 {
    if index == piece.count { try fill() }
    index += 1
    return piece[index - 1]
  }

  mutating func number() throws(WorkbookFault) -> UInt32 {
    var number: UInt32 = 0
    for shift in 0..<4 { number |= UInt32(try byte()) << (UInt32(shift) * 8) }
    return number
  }

  mutating func signed() throws(WorkbookFault) -> Int32 { Int32(bitPattern: try number()) }

  mutating func text(most: Int) throws(WorkbookFault) -> String {
    let count = Int(try number())
    guard count <= most else { throw .beyondLimits }
    var bytes: [UInt8] = []
    for _ in 0..<count { bytes.append(try byte()) }
    return String(decoding: bytes, as: UTF8.self)
  }

  mutating func row(_ limits: WorkbookLimits) throws(WorkbookFault) -> SheetRow {
    let number = Int(try number())
    let count = Int(try self.number())
    guard number < 1_048_576, count <= 16_384 else { throw .beyondLimits }
    var row = SheetRow(number: number + 1, isHidden: false, cells: [])
    var bytes = 0
    for _ in 0..<count {
      let column = Int(try self.number())
      guard column > row.cells.last?.column ?? -1, column <= 16_383 else { throw .beyondLimits }
      let content = try content(limits)
      if case .text(let text) = content { bytes += text.utf8.count }
      guard bytes <= limits.row else { throw .beyondLimits }
      row.cells.append(SheetCell(column: column, content: content, isFormula: false))
    }
    row.cells.removeAll { $0.content == .text("") }
    return row
  }

  private mutating func content(
    _ limits: WorkbookLimits
  ) throws(WorkbookFault) -> SheetCell.Content {
    switch UInt32(try byte()) {
    case cell_integer.rawValue:
      guard try number() == 4 else { throw .beyondLimits }
      return .number(String(try signed()))
    case cell_double.rawValue:
      guard try number() == 8 else { throw .beyondLimits }
      let low = UInt64(try number())
      return .number(plain(Double(bitPattern: low | UInt64(try number()) << 32)))
    case cell_text.rawValue: return .text(try text(most: limits.cell))
    case cell_date.rawValue:
      let text = try text(most: 64)
      let midnight = " 00:00:00"
      let shown = text.hasSuffix(midnight) ? String(text.dropLast(midnight.count)) : text
      return .date(shown, number: text)
    default: throw .beyondLimits
    }
  }

  /// The shortest digits that mean the number, as a workbook of today would write them.
  private func plain(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private mutating func fill() throws(WorkbookFault) {
    guard try isReady(descriptor, seconds: patience) else { throw .beyondLimits }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var count = -1
    repeat {
      // Safe: no more is read than there is room for.
      count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(descriptor, bytes.baseAddress, bytes.count)
      }
    } while count < 0 && errno == EINTR
    // The child ended before the workbook did.
    guard count > 0 else { throw .beyondLimits }
    piece = Array(buffer[..<count])
    index = 0
  }
}

extension WorkbookFault {
  /// Old workbooks cannot be read here.
  static let noReader = WorkbookFault(
    .unreadable,
    zh: "这是旧格式的工作簿（.xls），本机没有读取它的 FreeXL — 请安装 libfreexl1（apt install libfreexl1），"
      + "或用表格软件打开后另存为.xlsx",
    en: "this is a workbook of the old format (.xls), and FreeXL, which reads it, is not installed "
      + "here — install libfreexl1 (apt install libfreexl1), or save it as .xlsx")

  /// The child was ended, or wrote what no workbook holds.
  fileprivate static let beyondLimits = WorkbookFault(
    .damaged, zh: "旧格式的工作簿（.xls）已损坏，或读取时超出了内存或时间限度 — 请用表格软件打开后另存为.xlsx",
    en: "the old workbook (.xls) is damaged, or takes more memory or time to read than any office "
      + "needs — open it in a spreadsheet program and save it as .xlsx")
}

/// Where the values of a column's cells stand, one a row.
public protocol CellStore: Sendable, Equatable {
  associatedtype Element

  init()
  init(_ elements: [Element])
  init(repeating element: Element, count: Int)

  var count: Int { get }
  subscript(row: Int) -> Element { get set }

  mutating func append(_ element: Element)
  mutating func append(contentsOf other: Self)
  /// Adds many elements, of which only the bits that an element has are kept.
  mutating func append(truncating numbers: Span<Int64>)
  mutating func reserveCapacity(_ rows: Int, like other: Self)

  /// The elements of these rows; `absent` where a row is −1.
  func picked(_ rows: [Int32], absent: Element) -> [Element]
  /// The elements of neighbouring rows.
  func part(_ rows: Range<Int>) -> [Element]
}

/// What a cell may hold besides texts, with the store that is best for it.
public protocol CellElement: Sendable, Equatable {
  associatedtype Store: CellStore where Store.Element == Self
}

extension Bool: CellElement { public typealias Store = Flags }
extension Int32: CellElement { public typealias Store = Integers<Int32> }
extension Int64: CellElement { public typealias Store = Integers<Int64> }

/// Whole numbers in as few bytes each as the largest of them needs.
///
/// Most counts of a register fit into one byte; a column widens when one does not. All lie in one
/// array of bytes, whatever their width, so that a column in hand is one reference.
public struct Integers<Element: FixedWidthInteger & SignedInteger & Sendable>: CellStore {
  /// Bytes a number has: 1, 2, 4 or 8, as a power of two.
  @usableFromInline internal var shift = 0
  @usableFromInline internal var bytes: [UInt8] = []

  @inlinable public init() {}

  @inlinable public init(_ elements: [Element]) {
    var spread: Element = 0
    for element in elements { spread |= element < 0 ? ~element : element }
    widen(for: spread)
    write(elements.span)
  }

  @inlinable public init(repeating element: Element, count: Int) {
    widen(for: element)
    guard element != 0 else {
      bytes = Array(repeating: 0, count: count << shift)
      return
    }
    bytes.reserveCapacity(count << shift)
    for _ in 0..<count { append(element) }
  }

  @inlinable public var count: Int { bytes.count >> shift }

  /// Bytes that they take.
  public var footprint: Int { bytes.count }

  @inlinable public subscript(row: Int) -> Element {
    get { element(row) }
    set {
      widen(for: newValue)
      for place in 0..<1 << shift {
        bytes[row << shift + place] = UInt8(truncatingIfNeeded: newValue >> Element(place * 8))
      }
    }
  }

  @inlinable public mutating func append(_ element: Element) {
    if !fits(element) { widen(for: element) }
    if shift == 0 { return bytes.append(UInt8(truncatingIfNeeded: element)) }
    bytes.append(addingCapacity: 1 << shift) { output in
      for place in 0..<1 << shift {
        output.append(UInt8(truncatingIfNeeded: element >> Element(place * 8)))
      }
    }
  }

  /// Adds many numbers, of which only the bits that an element has are kept.
  @inlinable public mutating func append(truncating numbers: Span<Int64>) {
    var spread: Element = 0
    for index in numbers.indices {
      // A negative number needs as many bits as its complement.
      let element = Element(truncatingIfNeeded: numbers[index])
      spread |= element < 0 ? ~element : element
    }
    if !fits(spread) { widen(for: spread) }
    write(numbers)
  }

  /// Adds numbers as wide as the others are kept, whatever they lose by it.
  @inlinable mutating func write<Number: FixedWidthInteger>(_ numbers: Span<Number>) {
    switch shift {
    case 0: write(numbers, as: UInt8.self)
    case 1: write(numbers, as: UInt16.self)
    case 2: write(numbers, as: UInt32.self)
    default: write(numbers, as: UInt64.self)
    }
  }

  @inlinable mutating func write<Number: FixedWidthInteger, Narrow>(
    _ numbers: Span<Number>, as type: Narrow.Type
  ) where Narrow: FixedWidthInteger & BitwiseCopyable {
    let width = MemoryLayout<Narrow>.size
    bytes.append(addingCapacity: numbers.count * width) { output in
      precondition(output.freeCapacity >= numbers.count * width)
      // Safe: there is room for all numbers, which are written before they count.
      unsafe output.withUnsafeMutableBufferPointer { room, count in
        guard let start = room.baseAddress else { return }
        let target = unsafe UnsafeMutableRawPointer(start + count)
        for index in numbers.indices {
          unsafe target.storeBytes(
            of: Narrow(truncatingIfNeeded: numbers[index]).littleEndian,
            toByteOffset: index &* width, as: type)
        }
        count += numbers.count * width
      }
    }
  }

  @inlinable public mutating func append(contentsOf other: Integers) {
    if other.shift > shift { widen(to: other.shift) }
    guard other.shift < shift else { return bytes.append(contentsOf: other.bytes) }
    write(other.elements.span)
  }

  @inlinable public mutating func reserveCapacity(_ rows: Int, like other: Integers) {
    if other.shift > shift { widen(to: other.shift) }
    bytes.reserveCapacity(rows << shift)
  }

  @inlinable public func picked(_ rows: [Int32], absent: Element) -> [Element] {
    switch shift {
    case 0: pick(Int8.self, rows, absent)
    case 1: pick(Int16.self, rows, absent)
    case 2: pick(Int32.self, rows, absent)
    default: pick(Int64.self, rows, absent)
    }
  }

  @inlinable func pick<Narrow: FixedWidthInteger & BitwiseCopyable>(
    _ type: Narrow.Type, _ rows: [Int32], _ absent: Element
  ) -> [Element] {
    let rows = rows.span
    return [Element](capacity: rows.count) { picked in
      for index in rows.indices {
        let row = rows[index]
        picked.append(row < 0 ? absent : Element(truncatingIfNeeded: load(Int(row), type)))
      }
    }
  }

  /// The same numbers are the same, however wide they are kept.
  @inlinable public static func == (left: Integers, right: Integers) -> Bool {
    if left.shift == right.shift { return left.bytes == right.bytes }
    return left.count == right.count
      && (0..<left.count).allSatisfy { left.element($0) == right.element($0) }
  }

  /// All of them, as wide as they can be.
  @inlinable public var elements: [Element] { part(0..<count) }

  @inlinable public func part(_ rows: Range<Int>) -> [Element] {
    switch shift {
    case 0: part(rows, of: Int8.self)
    case 1: part(rows, of: Int16.self)
    case 2: part(rows, of: Int32.self)
    default: part(rows, of: Int64.self)
    }
  }

  @inlinable func part<Narrow: FixedWidthInteger & BitwiseCopyable>(
    _ rows: Range<Int>, of type: Narrow.Type
  ) -> [Element] {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count)
    var part: [Element] = []
    part.append(addingCapacity: rows.count) { output in
      for row in rows { output.append(Element(truncatingIfNeeded: load(row, type))) }
    }
    return part
  }

  @inlinable func element(_ row: Int) -> Element {
    switch shift {
    case 0: Element(truncatingIfNeeded: load(row, Int8.self))
    case 1: Element(truncatingIfNeeded: load(row, Int16.self))
    case 2: Element(truncatingIfNeeded: load(row, Int32.self))
    default: Element(truncatingIfNeeded: load(row, Int64.self))
    }
  }

  @inlinable func load<Narrow: FixedWidthInteger & BitwiseCopyable>(
    _ row: Int, _ type: Narrow.Type
  ) -> Narrow {
    // Safe: any bytes are a number, and where they stand is compared with the count.
    unsafe Narrow(
      littleEndian: bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: row &<< shift, as: type))
  }

  @inlinable func fits(_ element: Element) -> Bool {
    // What a number of so many bits begins with is its sign alone.
    let rest = element >> Element((8 << shift) - 1)
    return rest == 0 || rest == -1
  }

  @inlinable mutating func widen(for element: Element) {
    while !fits(element) { widen(to: shift + 1) }
  }

  @inlinable mutating func widen(to wider: Int) {
    let narrow = self
    shift = wider
    bytes = []
    // As many rows as there was room for.
    bytes.reserveCapacity(narrow.bytes.capacity << (wider - narrow.shift))
    for row in 0..<narrow.count { append(narrow.element(row)) }
  }
}

extension Integers: ExpressibleByArrayLiteral {
  @inlinable public init(arrayLiteral elements: Element...) { self.init(elements) }
}

/// Yes or no, a byte each.
public struct Flags: CellStore {
  @usableFromInline internal var flags: [Bool] = []

  @inlinable public init() {}

  @inlinable public init(_ elements: [Bool]) { flags = elements }

  @inlinable public init(repeating element: Bool, count: Int) {
    flags = Array(repeating: element, count: count)
  }

  @inlinable public var count: Int { flags.count }

  public subscript(row: Int) -> Bool {
    @inlinable get { flags[row] }
    @inlinable set { flags[row] = newValue }
  }

  @inlinable public mutating func append(_ element: Bool) { flags.append(element) }

  /// Adds many flags; 0 is no.
  @inlinable public mutating func append(truncating numbers: Span<Int64>) {
    for index in numbers.indices { flags.append(numbers[index] != 0) }
  }

  @inlinable public mutating func append(contentsOf other: Flags) {
    flags.append(contentsOf: other.flags)
  }

  @inlinable public mutating func reserveCapacity(_ rows: Int, like other: Flags) {
    flags.reserveCapacity(rows)
  }

  @inlinable public func picked(_ rows: [Int32], absent: Bool) -> [Bool] {
    rows.map { $0 < 0 ? absent : flags[Int($0)] }
  }

  @inlinable public func part(_ rows: Range<Int>) -> [Bool] { Array(flags[rows]) }
}

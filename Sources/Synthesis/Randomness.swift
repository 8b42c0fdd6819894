/// A fixed scramble of 64 bits (the finaliser of splitmix64).
///
/// Every draw of a synthetic delivery is a scramble of the seed, the fact and the entity, so that a
/// value depends on nothing but these: not on the order of work, nor on how files are cut.
func scrambled(_ bits: UInt64) -> UInt64 {
  // Safe: wrapping is the definition of the generator.
  var mixed = bits &+ 0x9E37_79B9_7F4A_7C15
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}

/// One of `count` numbers from 0, evenly, from a scramble.
func pick(_ bits: UInt64, below count: UInt64) -> UInt64 {
  bits.multipliedFullWidth(by: count).high
}

/// A number that stands for a text (FNV-1a).
func salt(of text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in text.utf8 {
    // Safe: wrapping is the definition of the hash.
    hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }
  return hash
}

/// An order of the numbers below `count` without a table: a Feistel network that walks on until it
/// falls inside the range.
struct Shuffle: Sendable {
  let count: Int
  let key: UInt64
  private let bits: UInt64
  private let mask: UInt64

  init(count: Int, key: UInt64) {
    self.count = count
    self.key = key
    var width: UInt64 = 1
    while width < 31, 1 << (2 * width) < UInt64(max(count, 1)) { width += 1 }
    bits = width
    mask = (1 << width) - 1
  }

  /// The place of a number in the order.
  func place(of index: Int) -> Int {
    guard count > 1 else { return 0 }
    var number = UInt64(index)
    repeat {
      var (left, right) = (number >> bits, number & mask)
      for round: UInt64 in 0..<4 { (left, right) = (right, left ^ turn(right, round)) }
      number = left << bits | right
    } while number >= UInt64(count)
    return Int(number)
  }

  /// The number that stands at a place of the order.
  func index(at place: Int) -> Int {
    guard count > 1 else { return 0 }
    var number = UInt64(place)
    repeat {
      var (left, right) = (number >> bits, number & mask)
      for round: UInt64 in (0..<4).reversed() { (left, right) = (right ^ turn(left, round), left) }
      number = left << bits | right
    } while number >= UInt64(count)
    return Int(number)
  }

  private func turn(_ half: UInt64, _ round: UInt64) -> UInt64 {
    // Safe: wrapping is the definition of the scramble; one round of it is enough in a network.
    let mixed = (key ^ (half << 3 | round)) &* 0x9E37_79B9_7F4A_7C15
    return ((mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9) >> 32 & mask
  }
}

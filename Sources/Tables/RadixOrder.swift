/// The places of keys from 0 up, in ascending order of the keys; equal ones in order of their
/// places. A radix sort, 11 bits a pass.
@inlinable
public func ascending<Key: FixedWidthInteger>(_ keys: [Key]) -> [Int32] {
  ascending(keys, from: keys.indices.map { Int32(truncatingIfNeeded: $0) })
}

/// The same where equal keys keep the order in which their places stand, each once, in `places`.
@inlinable
public func ascending<Key: FixedWidthInteger>(_ keys: [Key], from places: [Int32]) -> [Int32] {
  precondition(keys.count == places.count)
  var places = places
  let most = keys.max() ?? 0
  var shift: Key = 0
  while shift < Key.bitWidth, most >> shift > 0 {
    places = pass(over: places, by: keys, shift: shift)
    shift += 11
  }
  return places
}

/// One pass over 11 bits; equal ones keep their order.
@inlinable
func pass<Key: FixedWidthInteger>(over places: [Int32], by keys: [Key], shift: Key) -> [Int32] {
  var starts = [Int](repeating: 0, count: 2048)
  for key in keys { starts[Int(truncatingIfNeeded: (key >> shift) & 2047)] += 1 }
  var sum = 0
  for digit in starts.indices {
    let count = starts[digit]
    starts[digit] = sum
    sum += count
  }
  var result = places
  for place in places {
    let digit = Int(truncatingIfNeeded: (keys[Int(place)] >> shift) & 2047)
    result[starts[digit]] = place
    starts[digit] += 1
  }
  return result
}

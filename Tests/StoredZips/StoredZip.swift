public import Foundation

/// A zip file of files that are stored as they are.
public struct StoredZip {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  public init() {}

  /// - Parameters:
  ///   - flags: of the entry; bit 0 says that it is encrypted.
  ///   - claimed: the size to claim instead of the true one.
  public mutating func add(_ name: String, _ text: String, flags: UInt16 = 0, claimed: Int? = nil) {
    let (data, path) = (Array(text.utf8), Array(name.utf8))
    var entry: [UInt8] = []
    entry += little(20, 2) + little(Int(flags), 2) + little(0, 2) + little(0, 2) + little(33, 2)
    entry += little(Int(crc(data)), 4)
    entry += little(data.count, 4) + little(claimed ?? data.count, 4)
    entry += little(path.count, 2) + little(0, 2)
    directory += [0x50, 0x4B, 1, 2] + little(20, 2) + entry
    directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(bytes.count, 4)
    directory += path
    bytes += [0x50, 0x4B, 3, 4] + entry + path + data
    count += 1
  }

  public var data: Data {
    var end: [UInt8] = [0x50, 0x4B, 5, 6] + little(0, 4)
    end += little(count, 2) + little(count, 2)
    end += little(directory.count, 4) + little(bytes.count, 4) + little(0, 2)
    return Data(bytes + directory + end)
  }

  private func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private func crc(_ data: [UInt8]) -> UInt32 {
    var result: UInt32 = 0xFFFF_FFFF
    for byte in data {
      result ^= UInt32(byte)
      for _ in 0..<8 { result = result & 1 == 1 ? result >> 1 ^ 0xEDB8_8320 : result >> 1 }
    }
    return ~result
  }
}

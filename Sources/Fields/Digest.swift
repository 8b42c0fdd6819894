import CLibCrypto

/// SHA-256 of bytes that arrive in pieces.
///
/// The only file that speaks to libcrypto; its context is freed when the value goes out of scope.
@safe
public struct Digest: ~Copyable {
  private let context: OpaquePointer?

  public init() {
    unsafe context = EVP_MD_CTX_new()
    _ = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  public mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

  public mutating func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      _ = unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
  }

  /// The digest of all bytes so far, in 64 hexadecimal digits.
  public consuming func finish() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    unsafe digest.withUnsafeMutableBufferPointer { buffer in
      _ = unsafe EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
    }
    return hexadecimal(digest)
  }
}

/// SHA-256 in 64 hexadecimal digits.
public func sha256(_ bytes: [UInt8]) -> String {
  var digest = Digest()
  digest.update(bytes)
  return digest.finish()
}

/// HMAC-SHA-256 of which the first 128 bits are kept, in 32 hexadecimal digits.
///
/// For identity numbers of persons: equal numbers have equal digests under one key, and no digest
/// can be turned back without it.
public func keyedDigest(of bytes: [UInt8], key: [UInt8]) -> String {
  var digest = [UInt8](repeating: 0, count: 32)
  var length: UInt32 = 32
  unsafe digest.withUnsafeMutableBufferPointer { result in
    _ = unsafe HMAC(
      EVP_sha256(), key, Int32(key.count), bytes, bytes.count, result.baseAddress, &length)
  }
  return hexadecimal(Array(digest.prefix(16)))
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}

import CLibCrypto

/// Why bytes could not be signed, or a signature not be looked at.
public enum SignatureFailure: Error, Sendable, Equatable {
  /// No key, or no certificate, in PEM.
  case unreadable
  /// A key that is neither of Ed25519 nor of SM2.
  case otherAlgorithm(String)
  /// What the library refused.
  case refused
}

/// A key or a certificate, as OpenSSL writes them in PEM, for detached signatures: Ed25519 (RFC 8032),
/// or SM2 with SM3 (GB/T 32918.2-2016, GB/T 32905-2016) under the usual identifier.
@safe public struct SignatureKey: ~Copyable {
  private let key: OpaquePointer
  private let isSM2: Bool

  /// The identifier of whoever signs, which is part of what SM2 signs; GM/T 0009-2012 gives this one
  /// where none is agreed on, and a library that is told none would take an empty one.
  public static let identifier = "1234567812345678"

  deinit { unsafe EVP_PKEY_free(key) }

  /// Reads a private key; one that asks for a passphrase is unreadable.
  public init(privateKey pem: [UInt8]) throws(SignatureFailure) {
    let read = unsafe withBytes(of: pem) { file in
      unsafe PEM_read_bio_PrivateKey(file, nil, { _, _, _, _ in -1 }, nil)
    }
    guard let read = unsafe read else { throw .unreadable }
    try unsafe self.init(read)
  }

  /// Reads the key of a certificate, or a public key.
  public init(certificate pem: [UInt8]) throws(SignatureFailure) {
    let read = unsafe withBytes(of: pem) { file -> OpaquePointer? in
      guard let certificate = unsafe PEM_read_bio_X509(file, nil, { _, _, _, _ in -1 }, nil) else {
        return nil
      }
      defer { unsafe X509_free(certificate) }
      return unsafe X509_get_pubkey(certificate)
    }
    if let read = unsafe read {
      try unsafe self.init(read)
      return
    }
    let key = unsafe withBytes(of: pem) { file in
      unsafe PEM_read_bio_PUBKEY(file, nil, { _, _, _, _ in -1 }, nil)
    }
    guard let key = unsafe key else { throw .unreadable }
    try unsafe self.init(key)
  }

  private init(_ key: OpaquePointer) throws(SignatureFailure) {
    let isSM2 = unsafe EVP_PKEY_is_a(key, "SM2") == 1
    guard unsafe isSM2 || EVP_PKEY_is_a(key, "ED25519") == 1 else {
      let name = unsafe EVP_PKEY_get0_type_name(key).map { unsafe String(cString: $0) }
      unsafe EVP_PKEY_free(key)
      throw .otherAlgorithm(name ?? "?")
    }
    unsafe self.key = key
    self.isSM2 = isSM2
  }

  /// The name of its algorithm, as people write it.
  public var algorithm: String { isSM2 ? "SM2/SM3" : "Ed25519" }

  /// The signature of bytes: 64 bytes of Ed25519, or a DER sequence of SM2.
  public borrowing func sign(_ bytes: [UInt8]) throws(SignatureFailure) -> [UInt8] {
    let signing = unsafe Signing(key, isSM2: isSM2)
    guard unsafe EVP_DigestSignInit(signing.context, nil, signing.digest, nil, key) == 1 else {
      throw .refused
    }
    var length = 0
    guard unsafe EVP_DigestSign(signing.context, nil, &length, bytes, bytes.count) == 1 else {
      throw .refused
    }
    var signature = [UInt8](repeating: 0, count: length)
    guard
      unsafe EVP_DigestSign(signing.context, &signature, &length, bytes, bytes.count) == 1
    else { throw .refused }
    return Array(signature.prefix(length))
  }

  /// Whether a signature is that of bytes under this key.
  public borrowing func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    let signing = unsafe Signing(key, isSM2: isSM2)
    guard unsafe EVP_DigestVerifyInit(signing.context, nil, signing.digest, nil, key) == 1 else {
      return false
    }
    defer { ERR_clear_error() }
    return unsafe EVP_DigestVerify(
      signing.context, signature, signature.count, bytes, bytes.count) == 1
  }
}

/// What OpenSSL keeps while it signs; the identifier is set before anything else, as SM2 asks.
@safe private struct Signing: ~Copyable {
  let context: OpaquePointer?
  private let settings: OpaquePointer?
  /// Nil for Ed25519, which has its own.
  let digest: OpaquePointer?

  init(_ key: OpaquePointer, isSM2: Bool) {
    unsafe context = EVP_MD_CTX_new()
    guard isSM2 else {
      unsafe (settings, digest) = (nil, nil)
      return
    }
    unsafe settings = EVP_PKEY_CTX_new(key, nil)
    unsafe digest = EVP_sm3()
    let identifier = Array(SignatureKey.identifier.utf8)
    unsafe EVP_PKEY_CTX_set1_id(settings, identifier, Int32(identifier.count))
    unsafe EVP_MD_CTX_set_pkey_ctx(context, settings)
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
    unsafe EVP_PKEY_CTX_free(settings)
  }
}

/// Lets a reader of PEM read from memory; nobody is asked for a passphrase on a terminal that may not
/// be there.
private func withBytes(of pem: [UInt8], _ body: (OpaquePointer?) -> OpaquePointer?)
  -> OpaquePointer?
{
  // Safe: the library only reads the bytes, and no longer than the call lasts.
  unsafe pem.withUnsafeBytes { bytes in
    let file = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
    defer {
      unsafe BIO_free(file)
      ERR_clear_error()
    }
    return unsafe body(file)
  }
}

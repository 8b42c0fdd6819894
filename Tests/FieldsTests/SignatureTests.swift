import Foundation
import Testing

@testable import Fields

@Suite("Signatures")
struct SignatureTests {
  /// RFC 8410, section 10.3, and the key of its section 10.1.
  private static let ed25519 = (
    key: """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
    -----END PRIVATE KEY-----
    """,
    certificate: """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
    -----END PUBLIC KEY-----
    """
  )

  /// By `openssl genpkey -algorithm SM2` and `openssl req -x509 -sm3`.
  private static let sm2 = (
    key: """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQgB6aE2sGvkmqNApAE
    ayZ1z86UcQgc3AGgcJbAkVeumGyhRANCAASKUzl5Y4N46SX4Xu1HqoFScNg1d2A5
    1TE2fBWCoM+lz13lT7ZSjBJApzJkDy5dNSnlNr+DUoCi3dKas7G0Bqcm
    -----END PRIVATE KEY-----
    """,
    certificate: """
    -----BEGIN CERTIFICATE-----
    MIIBdDCCARugAwIBAgIUGuNZfzJgKxgyuhSFnyHrB1m4GyQwCgYIKoEcz1UBg3Uw
    DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMzAwMzM5MDBaGA8yMTI2MTEwNjAzMzkw
    MFowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqBHM9VAYItA0IABIpT
    OXljg3jpJfhe7UeqgVJw2DV3YDnVMTZ8FYKgz6XPXeVPtlKMEkCnMmQPLl01KeU2
    v4NSgKLd0pqzsbQGpyajUzBRMB0GA1UdDgQWBBQUNdHaMcTT7TRiBaksCa0lxZpY
    dzAfBgNVHSMEGDAWgBQUNdHaMcTT7TRiBaksCa0lxZpYdzAPBgNVHRMBAf8EBTAD
    AQH/MAoGCCqBHM9VAYN1A0cAMEQCIDSnf4r0BceyWxuK3Bl/juDcpgOClbFan9ux
    0GbOuQ9PAiA3J6CLapUeryzDhFAH/EVpMX0dBbu6zqPjtak2XUPc1g==
    -----END CERTIFICATE-----
    """
  )

  /// By `openssl dgst -sm3 -sign sm2.pem -sigopt distid:1234567812345678` over `manifest`.
  private static let byOpenSSL =
    "MEUCIQD5ehDOQmHS3cP4EZHXhSfm1CkQaxD7DvM1Vfy7/u94NwIgdJw94qCO73MHBwmB/VokgMj8WyDJ+yIEWLdv0Shkt3I="

  private let manifest = Array("manifest".utf8)

  private func key(_ pem: String) throws -> SignatureKey {
    try SignatureKey(privateKey: Array(pem.utf8))
  }

  private func certificate(_ pem: String) throws -> SignatureKey {
    try SignatureKey(certificate: Array(pem.utf8))
  }

  @Test("hold for the bytes that were signed, under the signer's certificate and no other")
  func hold() throws {
    let pairs = [SignatureTests.ed25519, SignatureTests.sm2]
    for (own, other) in [(pairs[0], pairs[1]), (pairs[1], pairs[0])] {
      let signature = try key(own.key).sign(manifest)
      #expect(try certificate(own.certificate).verifies(signature, of: manifest))
      #expect(try !certificate(own.certificate).verifies(signature, of: manifest + [0]))
      #expect(try !certificate(own.certificate).verifies(Array(signature.dropLast()), of: manifest))
      #expect(try !certificate(own.certificate).verifies([], of: manifest))
      #expect(try !certificate(other.certificate).verifies(signature, of: manifest))
    }
  }

  @Test("of SM2 are those of OpenSSL under the usual identifier")
  func identifier() throws {
    let signature = try #require(Data(base64Encoded: SignatureTests.byOpenSSL))
    #expect(
      try certificate(SignatureTests.sm2.certificate).verifies([UInt8](signature), of: manifest))
  }

  @Test("of Ed25519 are 64 bytes, the same each time")
  func deterministic() throws {
    let first = try key(SignatureTests.ed25519.key).sign(manifest)
    #expect(try first.count == 64 && key(SignatureTests.ed25519.key).sign(manifest) == first)
  }

  @Test("are not made with what is no key, a certificate, or a key of another kind")
  func refused() throws {
    for text in ["", "key", SignatureTests.sm2.certificate] {
      #expect(throws: SignatureFailure.unreadable) {
        _ = try SignatureKey(privateKey: Array(text.utf8))
      }
    }
    #expect(throws: SignatureFailure.otherAlgorithm("RSA")) {
      _ = try SignatureKey(privateKey: Array(SignatureTests.rsa.utf8))
    }
  }

  private static let rsa = """
    -----BEGIN PRIVATE KEY-----
    MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBANw0azgRz//RkAxc
    +jNapd/tDNmxs0TkrpugWaGdFIkLX73v86oVivatSPLG5Uvrrm97DONMk02I3fx1
    RzcRhO1vcSZ1YSXMjurcANVSYxY3RXbUhL3XkgdUbOL1Wt2qYNDGZAtlVAb/R0n1
    hOaSHAG7L6xmH9M5MBFnPzAEE2jrAgMBAAECgYBgazNnYaVJxmDkiPGk+tQWsJ0n
    1P9B8z/hNN0KPtV3DFvntuFiX/xw9n8yjpRoIdJHTgHepPD6yispF9EO88TXwb8X
    BGcDgoQTy5eMbvMndWXSQZ0pJmN3xwFY5HjE1W+Oz1q7VYJUYsBvxTeQ97wQJS7q
    9FfVSDwNv8xR4qVcgQJBAP6DQB8d5o+WczhLvgfwVyLBO8YfsMA4Ks8jXupH0k39
    RB04fYe0mJCQfLY+QLxrNdwOy3Pj+RTcKv364hSyLRkCQQDdfdgIM+dMUYz7UYf+
    31AGeyuAu5jMurmrrG8UjTdXEYJALD5uGBljCbW3ZUf9rwNiq2eEzO4yKU+TEgu2
    yoKjAkAfAnzgjbMW0ZzuQgRAUV88g9C1ngzaDr3giQ26e8+64t3WtZhN3YotKv2W
    8tTOYD2qtz7AuwkRKpYuZc//94mZAkEA1hLBb/wqe9r+NhFxLefMQtddDolCf+2h
    csmwet6aNC8aAshAdswYDV7fIShk0k4LKZyc6v/e4OCIpo70f3FvnQJAHG0OvgWA
    ECHcl1vhCng3GjO0CuMX92nuezRr4AQ+T6HkvcQ2VLH1LGHL8GTtH2FJRbnXuE2n
    crvDYbFeh4hdvg==
    -----END PRIVATE KEY-----
    """
}

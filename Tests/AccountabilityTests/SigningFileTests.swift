import Fields
import Tables
import Testing

@testable import Accountability

@Suite("A file to sign or to check with")
struct SigningFileTests {
  private static func pem(_ kind: String) -> String {
    "-----BEGIN \(kind)-----\nAAAA\n-----END \(kind)-----\n"
  }

  @Test(
    "that does not do is told as what it is",
    arguments: [
      (SigningFile.signing, pem("PUBLIC KEY"), "which cannot sign", "private key that belongs"),
      (.signing, pem("CERTIFICATE"), "which cannot sign", "private key that belongs"),
      (.signing, pem("ENCRYPTED PRIVATE KEY"), "with a passphrase", "openssl pkey -in k.pem"),
      (.signing, "shop_id,shop_name\n", "no private key in PEM", "openssl genpkey"),
      (.checking, pem("PRIVATE KEY"), "checks no signature", "openssl pkey -in k.pem -pubout"),
      (.checking, pem("CERTIFICATE"), "no certificate or public key", "ask whoever signed"),
      (.checking, "", "no certificate or public key", "ask whoever signed"),
    ])
  func unreadable(use: SigningFile, text: String, fault: String, cure: String) {
    let said = use.words(of: .unreadable, Array(text.utf8), "k.pem")
    #expect(said.fault.en.contains(fault))
    #expect(said.cure.en.contains(cure))
    #expect(!said.fault.zh.isEmpty && !said.cure.zh.isEmpty)
  }

  @Test("of another algorithm is told with its name, and nobody who checks is sent to make a key")
  func otherAlgorithm() {
    for use in [SigningFile.signing, .checking] {
      let said = use.words(of: .otherAlgorithm("RSA"), [], "k.pem")
      #expect(said.fault.en.contains("RSA"))
      #expect(said.cure.en.contains("genpkey") == (use == .signing))
    }
  }
}

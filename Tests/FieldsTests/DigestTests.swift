import Fields
import Testing

@Suite("Digests")
struct DigestTests {
  @Test(
    "are those of FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
  func sha(text: String, digest: String) {
    #expect(sha256(Array(text.utf8)) == digest)
  }

  @Test("do not depend on how the bytes are cut")
  func pieces() {
    var digest = Digest()
    digest.update([UInt8]("ab".utf8))
    digest.update([UInt8]("c".utf8))
    #expect(digest.finish() == sha256(Array("abc".utf8)))
  }

  @Test("with a key keep the first 128 bits of RFC 4231 case 2")
  func keyed() {
    #expect(
      keyedDigest(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
        == "5bdcc146bf60754e6a042426089575c7")
  }
}

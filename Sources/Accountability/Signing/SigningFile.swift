import Fields
import Tables

/// What a file in PEM is wanted for, and what is said of one that does not do.
enum SigningFile {
  /// A private key.
  case signing
  /// A certificate, or a public key.
  case checking

  /// What is wrong with it, and where the right one comes from.
  func words(of failure: SignatureFailure, _ pem: [UInt8], _ path: String)
    -> (fault: Bilingual, cure: Bilingual)
  {
    switch failure {
    case .unreadable: unreadable(pem, path)
    case .otherAlgorithm(let name):
      (Bilingual(zh: "算法是 \(name)，不能用", en: "is of \(name), which is not taken"), wanted)
    case .refused:
      (Bilingual(zh: "密码库不能用它签名", en: "the library cannot sign with it"), wanted)
    }
  }

  private func unreadable(_ pem: [UInt8], _ path: String) -> (fault: Bilingual, cure: Bilingual) {
    switch self {
    case .signing where isCertificate(pem):
      (
        Bilingual(
          zh: "是证书或公钥，不能用来签名", en: "is a certificate or public key, which cannot sign"),
        Bilingual(zh: "请改用与它成对的私钥", en: "name the private key that belongs to it")
      )
    case .signing where says("ENCRYPTED", pem):
      (
        Bilingual(zh: "是有口令的私钥", en: "is a private key with a passphrase"),
        Bilingual(
          zh: "请用 openssl pkey -in \(path) -out 新文件 另存一份不带口令的，并执行 chmod 600",
          en: "write it without one by openssl pkey -in \(path) -out NEW, and run chmod 600")
      )
    case .checking where says("PRIVATE KEY", pem):
      (
        Bilingual(zh: "是私钥，不能用来核对签名", en: "is a private key, which checks no signature"),
        Bilingual(
          zh: "请改用证书或公钥；公钥用 openssl pkey -in \(path) -pubout 取出，私钥只由签名的人保管",
          en: "name a certificate or public key; openssl pkey -in \(path) -pubout gives the public "
            + "one, and the private one stays with whoever signs")
      )
    case .signing:
      (Bilingual(zh: "不是 PEM 格式的私钥", en: "is no private key in PEM"), wanted)
    case .checking:
      (
        Bilingual(zh: "不是 PEM 格式的证书或公钥", en: "is no certificate or public key in PEM"),
        wanted
      )
    }
  }

  private var wanted: Bilingual {
    switch self {
    case .signing:
      Bilingual(
        zh: "请用 openssl genpkey -algorithm ED25519 或 -algorithm SM2 生成不带口令的 PEM 密钥",
        en: "make a PEM key without a passphrase by openssl genpkey -algorithm ED25519, or "
          + "-algorithm SM2")
    case .checking:
      Bilingual(
        zh: "请向签名的人索取签名密钥的证书或公钥（PEM 格式，Ed25519 或 SM2）",
        en: "ask whoever signed for the certificate or public key in PEM, of Ed25519 or SM2")
    }
  }

  private func isCertificate(_ pem: [UInt8]) -> Bool {
    says("PUBLIC KEY", pem) || says("CERTIFICATE", pem)
  }

  /// Whether one of the lines that begin a block of PEM has a word.
  private func says(_ word: String, _ pem: [UInt8]) -> Bool {
    String(decoding: pem.prefix(1 << 16), as: UTF8.self).split(whereSeparator: \.isNewline)
      .contains { $0.hasPrefix("-----BEGIN ") && $0.contains(word) }
  }
}

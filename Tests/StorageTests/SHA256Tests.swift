import Storage
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// The examples of FIPS 180-2, appendix B, and of NIST's SHA256ShortMsg.rsp and
  /// SHA256LongMsg.rsp.
  @Test(
    "The published digests come out",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          + "lmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func publishedDigests(message: String, digest: String) {
    #expect(SHA256.hexDigest(of: Array(message.utf8)) == digest)
  }

  @Test("A million letters in pieces of every size give NIST's digest")
  func millionLetters() {
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(SHA256.hexDigest(of: Array(repeating: 0x61, count: 1_000_000)) == expected)
    var hasher = SHA256()
    var written = 0
    var piece = 0
    while written < 1_000_000 {
      let size = min(piece, 1_000_000 - written)
      hasher.update(Array(repeating: 0x61, count: size))
      written += size
      piece = (piece + 1) % 200
    }
    let digest = hasher.finalize().map { byte in
      let digits = Array("0123456789abcdef")
      return "\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
    #expect(digest.joined() == expected)
  }

  @Test("Every length around the borders of the padding is hashed the same whole or byte by byte")
  func paddingBorders() {
    for length in 0...130 {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      var whole = SHA256()
      whole.update(message)
      var single = SHA256()
      for byte in message { single.update([byte]) }
      let (digest, other) = (whole.finalize(), single.finalize())
      #expect(digest == other, "\(length) bytes")
    }
  }
}

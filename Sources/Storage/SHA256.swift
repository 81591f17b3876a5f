import COpenSSL

/// SHA-256 of bytes that arrive in pieces, by OpenSSL, which uses the processor's own instructions
/// where it has them.
///
///     var hasher = SHA256()
///     hasher.update(bytes)
///     let digest = hasher.finalize()
@safe public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// Creates the hash of no bytes.
  public init() {
    guard let context = unsafe EVP_MD_CTX_new(),
      unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
    else { fatalError("OpenSSL has no memory for a SHA-256, or was built without it") }
    unsafe self.context = context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Takes more bytes into account.
  public mutating func update(_ bytes: [UInt8]) {
    let status = unsafe EVP_DigestUpdate(context, bytes, bytes.count)
    precondition(status == 1, "OpenSSL refused bytes for a digest")
  }

  /// Returns the 32 bytes of the digest of all bytes so far.
  public consuming func finalize() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    let status = unsafe EVP_DigestFinal_ex(context, &digest, nil)
    precondition(status == 1, "OpenSSL refused to finish a digest")
    return digest
  }

  /// Returns the digest of bytes as 64 lower-case hexadecimal digits.
  public static func hexDigest(of bytes: [UInt8]) -> String {
    var hasher = SHA256()
    hasher.update(bytes)
    return hasher.hexDigest()
  }

  /// Returns the digest of all bytes so far as 64 lower-case hexadecimal digits.
  public consuming func hexDigest() -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self)
  }
}

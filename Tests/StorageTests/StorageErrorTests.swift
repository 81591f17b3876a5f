import Storage
import SystemPackage
import Testing

@Suite("Errors of the disk")
struct StorageErrorTests {
  @Test(
    "An error says what happened and what to do",
    arguments: [
      (
        StorageError.Cause.system(.noSuchFileOrDirectory),
        "Cannot write no-such/a: the folder no-such does not exist. Create it or choose another path."
      ),
      (
        .system(.permissionDenied),
        "No permission to write no-such/a. Change its mode or choose another path."
      ),
      (
        .diskFull(neededBytes: 12_600_000),
        "The disk is full: cannot write no-such/a, which needs about 13 MB. "
          + "Make room and run the same command again."
      ),
      (.system(.ioError), "Cannot write no-such/a: Input/output error."),
      (
        .locked(holder: "process 4711 on host since 2026-01-31T12:00:00Z"),
        "no-such/a is in use by process 4711 on host since 2026-01-31T12:00:00Z. "
          + "Wait for it, or choose another folder."
      ),
    ])
  func sentences(cause: StorageError.Cause, sentence: String) {
    #expect(StorageError(.write, "no-such/a", cause).description == sentence)
  }

  @Test("What is to be read is missing itself; what is to be written lacks its folder")
  func missing() {
    func sentence(_ operation: StorageError.Operation, _ path: FilePath) -> String {
      StorageError(operation, path, .system(.noSuchFileOrDirectory)).description
    }
    #expect(sentence(.read, "runs/a") == "runs/a does not exist. Check the path.")
    #expect(sentence(.create, "a").contains("the folder . does not exist"))
    // Some folders of the system are there and take nothing.
    #expect(
      sentence(.create, "/proc/x")
        == "Cannot create /proc/x: /proc takes no files or folders of users. Choose another path.")
  }

  @Test(
    "A path for a message can neither command a terminal nor hide its bytes",
    arguments: [
      (Array("caf\u{E9}/\u{1F431}.png".utf8), "café/🐱.png"),
      (Array("a\u{1B}[31m\nb".utf8), "a\\x1b[31m\\x0ab"),
      ([0x61, 0xFF, 0x62, 0xC3], "a\\xffb\\xc3"),
      (Array("\u{202E}gnp".utf8), "\\xe2\\x80\\xaegnp"),
      ([0xE2, 0x82, 0x41], "\\xe2\\x82A"),
    ])
  func printablePaths(bytes: [UInt8], text: String) {
    #expect(FilePath.printable(bytes) == text)
    #expect(FilePath(bytes: bytes).bytes == bytes)
  }
}

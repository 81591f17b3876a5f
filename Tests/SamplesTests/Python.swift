import Foundation
import SystemPackage

/// The Python interpreter of this machine, to see whether other programs read what we write.
enum Python {
  /// Whether a program that imports these packages runs.
  static func has(_ packages: String...) -> Bool {
    output(of: "import \(packages.joined(separator: ", "))", []) != nil
  }

  /// What a program prints; `nil` if it cannot be run or fails.
  static func output(of program: String, _ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self)
  }
}

/// The corpus of good and bad files beside the repository.
let tensorCorpus = FilePath(#filePath).removingLastComponent().removingLastComponent()
  .removingLastComponent().removingLastComponent().appending("shared/corpus/made/tensor")

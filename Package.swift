// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),  // every use of a pointer must say `unsafe` …
  .treatWarning("StrictMemorySafety", as: .error),  // … or the build stops
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

/// A module of this package and the modules below it that it may import.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a module, in a folder that mirrors the module's own.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name)] + dependencies,
    swiftSettings: strict)
}

let package = Package(
  name: "GenerationLoss",
  products: [
    .executable(name: "genloss", targets: ["genloss"]),
    .library(name: "GenerationLoss", targets: ["GenerationLoss"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries
    .systemLibrary(name: "CAllocator"),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(
      name: "CImageCodecs",
      linkerSettings: [.linkedLibrary("png16"), .linkedLibrary("jpeg")]),
    .target(name: "CChildProcess"),

    // Foundations
    module("Storage", ["COpenSSL", system]),
    module("LinearAlgebra", ["COpenBLAS", "Storage"]),
    module("Randomness", []),
    module("Statistics", ["Randomness"]),
    module("Samples", ["Storage", system]),

    // Pictures in
    module(
      "Images",
      ["CImageCodecs", "Samples", "Storage", "LinearAlgebra", "Randomness", system]),
    module(
      "Sprites",
      ["CCairo", "Images", "Randomness", "Samples", "Storage", "LinearAlgebra", system]),

    // The experiment
    module("Generators", ["LinearAlgebra", "Randomness", "Samples"]),
    module(
      "ExternalGenerators",
      [
        "CChildProcess", "Generators", "Images", "LinearAlgebra", "Randomness", "Samples",
        "Storage", system,
      ]),
    module("Metrics", ["LinearAlgebra", "Randomness", "Samples"]),
    module("Theory", []),
    module(
      "Recursion",
      [
        "Generators", "ExternalGenerators", "Metrics", "Images", "Theory", "Samples", "Storage",
        "LinearAlgebra", "Randomness", system,
      ]),
    module(
      "Validation",
      [
        "Recursion", "Theory", "Generators", "Metrics", "Samples", "LinearAlgebra", "Randomness",
      ]),

    module(
      "Export",
      ["CArchive", "Recursion", "Metrics", "Images", "Samples", "Storage", "LinearAlgebra", system]),
    module("Diagnosis", ["Recursion", "Metrics", "Randomness", "Statistics", "Storage", system]),

    // Many runs
    module("Studies", ["CChildProcess", "Recursion", "Storage", system]),
    module("Claims", ["Comparison", "Recursion", "Statistics", "Storage"]),
    module(
      "Thresholds",
      ["Comparison", "Recursion", "Statistics", "Storage", "Studies", "Theory", system]),
    module(
      "Comparison",
      [
        "Diagnosis", "Metrics", "Recursion", "Statistics", "Storage", "Studies", "Theory", system,
      ]),

    // Pictures out
    module("Pictures", ["CCairo", "Images", "Samples"]),

    // Umbrella and command line
    module(
      "GenerationLoss",
      [
        "Storage", "LinearAlgebra", "Randomness", "Samples", "Images", "Sprites", "Generators",
        "ExternalGenerators", "Metrics", "Theory", "Recursion", "Diagnosis", "Statistics",
        "Studies", "Comparison", "Thresholds", "Pictures", "CAllocator", system,
      ]),
    .executableTarget(
      name: "genloss",
      dependencies: [
        "GenerationLoss", "Storage", "Samples", "Images", "Sprites", "Generators",
        "ExternalGenerators", "Metrics", "Recursion", "Diagnosis", "Studies", "Comparison",
        "Claims", "Thresholds",
        "Theory", "Validation", "Pictures", "LinearAlgebra", "Export", "Yams", arguments, system,
      ],
      swiftSettings: strict),

    tests("Storage", [system]),
    tests("LinearAlgebra", ["Storage"]),
    tests("Randomness", []),
    tests("Samples", ["Storage", system]),
    tests("Images", ["CImageCodecs", "Samples", "Storage", "LinearAlgebra", "Randomness", system]),
    tests("Sprites", ["Images", "LinearAlgebra", "Randomness", "Samples", "Storage", system]),
    tests("Generators", ["LinearAlgebra", "Randomness", "Samples"]),
    tests(
      "ExternalGenerators",
      ["Generators", "Images", "LinearAlgebra", "Randomness", "Samples", "Storage", system]),
    tests("Metrics", ["LinearAlgebra", "Randomness", "Samples", "Storage", system]),
    tests("Theory", ["Randomness"]),
    tests(
      "Recursion",
      [
        "Generators", "Metrics", "Images", "Theory", "Samples", "Storage", "LinearAlgebra",
        "Randomness", system,
      ]),
    tests("Validation", ["Recursion", "Theory", "LinearAlgebra"]),
    tests("Diagnosis", ["Recursion", "Metrics", "Randomness", "Storage", "Theory", system]),
    tests("Export", ["Images", "Recursion", "Samples", "Storage", system]),
    tests("Statistics", []),
    tests("Studies", ["Recursion", "Storage", system]),
    tests("Claims", ["Comparison", "Metrics", "Recursion", "Statistics", "Storage", system]),
    tests("Thresholds", ["Comparison", "Statistics"]),
    tests("Comparison", ["Metrics", "Randomness", "Recursion", "Statistics", "Storage", system]),
    tests("Pictures", ["Images", "Samples", "Storage"]),
    tests(
      "GenerationLoss", ["Metrics", "Storage", "Samples", "Recursion", "Images", "Sprites", system]),
    .testTarget(
      name: "genlossTests",
      dependencies: ["genloss", "GenerationLoss", "Recursion", "Storage", arguments, system],
      exclude: ["Commands"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// `GENLOSS_BENCHMARKS=1 swift run -c release benchmarks`: the default build does not pay for them.
if Context.environment["GENLOSS_BENCHMARKS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "Diagnosis", "GenerationLoss", "Generators", "Images", "LinearAlgebra", "Metrics",
        "Pictures",
        "Randomness", "Recursion", "Samples", "Sprites", "Storage", system,
      ],
      path: "Sources/Benchmarks", swiftSettings: strict))
}

// `.fuzz/run SECONDS` builds and runs the fuzzers.
if Context.environment["GENLOSS_FUZZ"] != nil {
  let sanitized = [
    "-fsanitize=fuzzer-no-link,address,undefined", "-fno-sanitize-recover=undefined",
  ]
  for target in package.targets where target.name == "CImageCodecs" {
    target.cSettings = [.unsafeFlags(sanitized)]
  }
  package.targets += [
    .target(name: "CFuzz", path: ".fuzz/CFuzz"),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "CFuzz", "Images", "Metrics", "Recursion", "Samples", "Storage", "Yams", arguments, system,
      ],
      path: ".fuzz/Fuzz", swiftSettings: strict),
  ]
}

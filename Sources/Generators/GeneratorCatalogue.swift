/// The generator families that there are, by name.
public enum GeneratorCatalogue {
  /// What a user is told about a family.
  public struct Entry: Equatable, Sendable {
    /// The name on the command line.
    public let name: String

    /// What the family is, in one line.
    public let summary: String

    /// What is known of its density.
    public let density: String

    /// What it is for.
    public let use: String

    /// The options that decide a fit.
    public let options: [String]

    /// Creates an entry.
    public init(name: String, summary: String, density: String, use: String, options: [String]) {
      self.name = name
      self.summary = summary
      self.density = density
      self.use = use
      self.options = options
    }

    /// Refuses options that the family does not have.
    ///
    /// - Throws: ``GeneratorError/unusedSetting(name:generator:used:)``, with this name of the family.
    public func requireUsed(
      _ given: GeneratorOptions, by name: String
    ) throws(GeneratorError) {
      if let unused = given.given.first(where: { !options.contains($0) }) {
        throw .unusedSetting(name: unused, generator: name, used: options)
      }
    }
  }

  /// All families, the default first.
  public static let entries = [
    Entry(
      name: "patches",
      summary: "mixture of probabilistic PCA over a thumbnail, conditional details above 32 pixels",
      density: "exact", use: "pictures",
      options: [
        "components", "rank", "dimensions", "residual-exponent", "patch", "detail-block", "steps",
        "start",
      ]),
    Entry(
      name: "gmm", summary: "Gaussian mixture with full covariances, fitted by EM",
      density: "exact", use: "vectors, theory",
      options: ["components", "dimensions", "steps", "start"]),
    Entry(
      name: "gaussian", summary: "one Gaussian with a full covariance",
      density: "exact, if there are more samples than dimensions", use: "theory; grey ghosts",
      options: ["estimator"]),
    Entry(
      name: "bootstrap", summary: "training samples drawn with replacement", density: "none",
      use: "the pure memoriser", options: []),
    Entry(
      name: "kde", summary: "training samples plus Gaussian noise of a bandwidth h",
      density: "exact", use: "theory; a loop that diverges", options: ["bandwidth"]),
  ]

  /// The families whose principal components, thumbnails and details mean nothing for vectors.
  public static let pictureFamilies: Set<String> = ["patches"]

  /// Makes a generator.
  ///
  /// - Throws: ``GeneratorError`` for an unknown name, an option that the family does not have, or a
  ///   value out of range.
  public static func make(
    _ name: String, options: GeneratorOptions = GeneratorOptions()
  ) throws(GeneratorError) -> any Generator {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .unknownGenerator(name: name, known: entries.map(\.name))
    }
    try entry.requireUsed(options, by: name)
    return switch name {
    case "gaussian": GaussianGenerator(estimator: options.estimator)
    case "bootstrap": BootstrapGenerator()
    case "kde": try KernelDensityGenerator(bandwidth: options.bandwidth)
    case "gmm":
      try GaussianMixtureGenerator(
        components: options.components, dimensions: options.dimensions, steps: options.steps,
        start: options.start)
    default:
      try PatchesGenerator(
        components: options.components, rank: options.rank ?? 6,
        dimensions: options.dimensions ?? 400, residualExponent: options.residualExponent ?? 0.5,
        patch: options.patch, detailBlock: options.detailBlock ?? 8, steps: options.steps ?? 3,
        start: options.start)
    }
  }
}

extension GeneratorOptions {
  /// The command-line names of the options that differ from their defaults.
  fileprivate var given: [String] {
    let all = [
      ("components", components != nil), ("rank", rank != nil), ("dimensions", dimensions != nil),
      ("residual-exponent", residualExponent != nil), ("patch", patch != nil),
      ("detail-block", detailBlock != nil), ("estimator", estimator != .mle),
      ("bandwidth", bandwidth != nil), ("exec-format", execFormat != nil),
      ("start", start != .cold), ("steps", steps != nil),
    ]
    return all.filter(\.1).map(\.0)
  }
}

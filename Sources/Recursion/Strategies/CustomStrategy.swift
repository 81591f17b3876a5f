import Generators
import Storage

/// A recipe that is written out instead of named: an object with the words of the recipe.
///
///     strategy:
///       name: half-and-half
///       parts:
///         - pools: [original]
///           size: 0.5
///         - pools: [generations:last=2]
///           size: rest
///           choice: random
///       sampling: {bias: 0.9}
///
/// A part has `pools`, `size` (a share of N, `all`, or the `rest` that other parts leave) or `count`,
/// `choice` and `weight`. Numbers may be schedules.
enum CustomStrategy {
  /// Reads a recipe from the text of a JSON object.
  ///
  /// - Throws: ``RecursionError/invalidStrategy(text:place:reason:)`` with the keys that lead to what
  ///   is wrong, or ``RecursionError/contradiction(_:_:)``.
  static func strategy(_ text: String, bias: Double?) throws(RecursionError) -> Strategy {
    let reader = try reader(text)
    try reader.requireKeys(["name", "parts", "sampling", "step", "population"])
    let name = try name(in: text)
    guard let parts = reader.value["parts"]?.array, !parts.isEmpty else {
      throw reader.refusal("parts", "it needs parts: a list of at least one part.")
    }
    var mixing = Mixing([])
    for index in parts.indices {
      mixing.parts.append(try part(reader.member("parts").member("\(index)")))
    }
    try require(mixing, reader.member("parts"))
    let recipe = Recipe(
      mixing: mixing, sampling: try sampling(reader.member("sampling"), bias: bias),
      step: try step(reader.member("step")),
      population: try population(reader.member("population")))
    return Strategy(
      name: name, label: name, json: json(name: name, recipe), recipe: recipe, realShare: nil,
      turningPoint: nil)
  }

  /// The name of the recipe in a text: letters, digits and dashes.
  static func name(in text: String) throws(RecursionError) -> String {
    let reader = try reader(text)
    guard let name = reader.value["name"]?.string, (1...60).contains(name.utf8.count),
      name.utf8.allSatisfy("abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains)
    else {
      throw reader.refusal(
        "name", "it needs a name of small letters, digits and dashes, such as half-and-half.")
    }
    guard !StrategyCatalogue.entries.contains(where: { $0.name == name }) else {
      throw reader.refusal(
        "name", "\(name) is the name of another strategy. Choose one of its own.")
    }
    return name
  }

  private static func reader(_ text: String) throws(RecursionError) -> SettingReader {
    do {
      return SettingReader(value: try JSONValue(parsing: Array(text.utf8)), text: text, place: [])
    } catch {
      throw .invalidStrategy(text: text, place: [], reason: "it is not JSON. \(error.description)")
    }
  }

  private static let size = SettingKey(
    "size", .schedule(0...1000), words: ["all", "rest"], default: "all", "share of N")

  private static let count = SettingKey(
    "count", .schedule(0...100_000_000), words: [], default: "0", "number of samples")

  private static let choice = SettingKey(
    "choice", words: MixingPart.Choice.allCases.map(\.rawValue), default: "leading", "which")

  private static let weight = SettingKey(
    "weight", .schedule(0...1), words: ["golden", "rest"], default: "rest", "share of all weight")

  private static func part(_ reader: SettingReader) throws(RecursionError) -> MixingPart {
    try reader.requireKeys(["pools", "size", "count", "choice", "weight", "filters"])
    let pools = reader.member("pools")
    let texts: [SettingReader]
    if let list = pools.value.array {
      texts = list.indices.map { pools.member("\($0)") }
    } else {
      texts = [pools]
    }
    var sources: [MixingPart.Source] = []
    for text in texts { sources.append(try source(text)) }
    guard !sources.isEmpty else {
      throw reader.refusal("pools", "a part needs a pool: \(poolNames.joined(separator: ", ")).")
    }
    guard reader.value["size"] == nil || reader.value["count"] == nil else {
      throw reader.refusal("count", "a part has a size or a count, not both. Leave one out.")
    }
    let size = try size(reader)
    let isFresh = sources.contains(.fresh)
    guard !isFresh || (sources.count == 1 && size != .all) else {
      throw reader.refusal(
        "pools", "the pool fresh never ends: it stands alone in its part, with a size or a count.")
    }
    let choice = try reader.text(choice).flatMap(MixingPart.Choice.init) ?? .leading
    return MixingPart(
      sources, size, choice, weight: try weight(reader),
      filters: try filters(reader.member("filters")))
  }

  private static func size(_ reader: SettingReader) throws(RecursionError) -> MixingPart.Size {
    if let count = try reader.schedule(count) { return .count(count) }
    return switch try reader.text(size) {
    case "rest": .rest
    case "all", nil: .all
    default: try reader.schedule(size).map { .share($0) } ?? .all
    }
  }

  private static func weight(
    _ reader: SettingReader
  ) throws(RecursionError) -> MixingPart.Weight? {
    switch try reader.text(weight) {
    case nil: nil
    case "golden": .golden
    case "rest": .rest
    default: try reader.schedule(weight).map { .share($0) }
    }
  }

  private static let poolKeys: [(name: String, keys: [SettingKey])] = [
    (
      "original",
      [
        SettingKey(
          "first", .whole(1...100_000_000), words: ["all"], default: "all", "so many of them")
      ]
    ),
    ("fresh", []), ("last", []),
    (
      "generations",
      [SettingKey("last", .whole(1...1_000_000), words: ["all"], default: "all", "so many of them")]
    ),
    ("window", [SettingKey("last", .whole(1...1_000_000), default: "3", "so many sets")]),
  ]

  private static var poolNames: [String] { poolKeys.map(\.name) }

  private static func source(_ reader: SettingReader) throws(RecursionError) -> MixingPart.Source {
    let text = reader.value.string ?? ""
    let written: WrittenName
    let settings: Settings
    do throws(RecursionError) {
      written = try WrittenName(text)
      guard let pool = poolKeys.first(where: { $0.name == written.name }) else {
        throw RecursionError.invalidStrategy(
          text: text, place: [],
          reason: "there is no pool \"\(written.name)\"."
            + NearestName.question(written.name, among: poolNames)
            + " The pools are \(poolNames.joined(separator: ", ")).")
      }
      settings = try written.settings(pool.keys)
    } catch {
      guard case .invalidStrategy(_, _, let reason) = error else { throw error }
      throw reader.refusal(nil, reason)
    }
    switch written.name {
    case "original":
      return settings.numberOrNil("first").map { .reservoir(Int($0)) } ?? .original
    case "fresh": return .fresh
    case "last": return .generations(last: 1)
    case "generations": return .generations(last: settings.numberOrNil("last").map { Int($0) })
    default: return .window(settings.whole("last"))
    }
  }

  /// Refuses parts that do not go together.
  private static func require(_ mixing: Mixing, _ reader: SettingReader) throws(RecursionError) {
    let sizes = mixing.parts.map(\.size)
    if sizes.contains(.rest), sizes.contains(.all) || sizes.count(where: { $0 == .rest }) > 1 {
      throw reader.refusal(
        nil, "one part may have the rest of N, and only beside parts with a size or a count.")
    }
    let weights = mixing.parts.compactMap(\.weight)
    guard weights.isEmpty || weights.count == mixing.parts.count else {
      throw reader.refusal(nil, "give every part a weight, or none. The weight rest is one.")
    }
    if weights.contains(.golden),
      weights.contains(where: { $0 != .golden && $0 != .rest })
        || weights.count(where: { $0 == .golden }) > 1
    {
      throw reader.refusal(nil, "beside a part of weight golden the others have the weight rest.")
    }
    if weights.count(where: { $0 == .rest }) > 1 {
      throw reader.refusal(nil, "one part may have the weight rest.")
    }
    try requireWhole(weights, reader)
  }

  /// Refuses shares of the weight that are not shares of one whole in some generation.
  private static func requireWhole(
    _ weights: [MixingPart.Weight], _ reader: SettingReader
  ) throws(RecursionError) {
    let shares = weights.compactMap { weight in
      if case .share(let share) = weight { share } else { nil }
    }
    guard !shares.isEmpty else { return }
    // Between these generations all shares lie on straight lines.
    let ends = shares.flatMap(\.points).flatMap { [$0.generation - 1, $0.generation] }
    for generation in Set(ends + [1]).sorted() where generation > 0 {
      let sum = shares.reduce(0) { $0 + $1.value(at: generation) }
      let isWhole = weights.contains(.rest) ? sum < 1 + 1e-9 : abs(sum - 1) < 1e-9
      guard !isWhole else { continue }
      throw reader.refusal(
        nil,
        "the weights sum to \(sum.plainText) in generation \(generation), and they are shares of 1. "
          + "Give one part the weight rest.")
    }
  }

  private static func filters(
    _ reader: SettingReader
  ) throws(RecursionError) -> [SampleFilter] {
    guard let list = reader.value.array else {
      guard reader.value.isNull else {
        throw reader.refusal(nil, "filters are a list, such as [remove:rate=0.5].")
      }
      return []
    }
    var filters: [SampleFilter] = []
    for index in list.indices { filters.append(try filter(reader.member("\(index)"))) }
    return filters
  }

  private static func filter(_ reader: SettingReader) throws(RecursionError) -> SampleFilter {
    let names = FilterEntry.all.map(\.name)
    do throws(RecursionError) {
      let written = try WrittenName(reader.value.string ?? "")
      guard let entry = FilterEntry.all.first(where: { $0.name == written.name }) else {
        throw RecursionError.invalidStrategy(
          text: "", place: [],
          reason: "there is no filter \"\(written.name)\"."
            + NearestName.question(written.name, among: names)
            + " The filters are \(names.joined(separator: ", ")).")
      }
      return entry.filter(try written.settings(entry.keys))
    } catch {
      guard case .invalidStrategy(_, _, let reason) = error else { throw error }
      throw reader.refusal(nil, reason)
    }
  }

  private static let stepKeys = [
    SettingKey("extrapolation", .number(0...100), default: "0", ""),
    SettingKey(
      "of", words: Extrapolated.allCases.map(\.rawValue), default: "covariance", ""),
  ]

  private static func step(_ reader: SettingReader) throws(RecursionError) -> ModelStep {
    try reader.requireKeys(stepKeys.map(\.name))
    guard let weight = try reader.text(stepKeys[0]).flatMap({ PlainNumber.read($0) }) else {
      return .identity
    }
    let quantity = try reader.text(stepKeys[1]).flatMap(Extrapolated.init)
    return .extrapolation(weight: weight, of: quantity ?? .covariance)
  }

  private static let samplingKeys = [
    SettingKey("bias", .number(0...100), words: ["option"], default: "option", option: .bias, ""),
    SettingKey("temperature", .number(0.01...100), default: "1", ""),
    SettingKey("deviations", .number(0.01...100), words: ["all"], default: "all", ""),
    SettingKey("likeliest", .number(0.01...1), default: "1", ""),
  ]

  private static func sampling(
    _ reader: SettingReader, bias: Double?
  ) throws(RecursionError) -> SamplingRule {
    try reader.requireKeys(samplingKeys.map(\.name))
    var rule = SamplingRule()
    rule.bias = try reader.text(samplingKeys[0]).flatMap { PlainNumber.read($0) }
    if let written = rule.bias, let bias, written != bias {
      throw .contradiction("sampling bias \(written.plainText)", "--bias \(bias.plainText)")
    }
    func number(_ key: SettingKey) throws(RecursionError) -> Double? {
      try reader.text(key).flatMap { PlainNumber.read($0) }
    }
    rule.temperature = try number(samplingKeys[1]) ?? rule.temperature
    rule.deviations = try number(samplingKeys[2])
    rule.likeliest = try number(samplingKeys[3]) ?? rule.likeliest
    return rule
  }

  private static let populationKeys = [
    SettingKey("models", .whole(1...100), default: "1", ""),
    SettingKey("capacity", .schedule(0.001...1000), default: "1", ""),
    SettingKey("own", .number(0...1), default: "0.5", ""),
  ]

  private static func population(_ reader: SettingReader) throws(RecursionError) -> Population {
    try reader.requireKeys(populationKeys.map(\.name))
    var population = Population()
    if let models = try reader.text(populationKeys[0]).flatMap({ Int($0) }) {
      population.models = models
    }
    population.capacity = try reader.schedule(populationKeys[1]) ?? population.capacity
    population.own =
      try reader.text(populationKeys[2]).flatMap { PlainNumber.read($0) } ?? population.own
    return population
  }
}

extension CustomStrategy {
  /// The recipe in its own words, everything in it written out.
  static func json(name: String, _ recipe: Recipe) -> JSONValue {
    [
      "name": .string(name), "parts": .array(recipe.mixing.parts.map(json)),
      "sampling": [
        "bias": .string(recipe.sampling.bias?.plainText ?? "option"),
        "temperature": .string(recipe.sampling.temperature.plainText),
        "deviations": .string(recipe.sampling.deviations?.plainText ?? "all"),
        "likeliest": .string(recipe.sampling.likeliest.plainText),
      ],
      "step": step(recipe.step),
      "population": [
        "models": .integer(recipe.population.models),
        "capacity": .string(recipe.population.capacity.description),
        "own": .string(recipe.population.own.plainText),
      ],
    ]
  }

  private static func json(_ part: MixingPart) -> JSONValue {
    var members = [
      JSONValue.Member("pools", .array(part.sources.map { .string(text($0)) })),
      size(part.size),
      JSONValue.Member("choice", .string(part.choice.rawValue)),
    ]
    switch part.weight {
    case .share(let share): members.append(.init("weight", .string(share.description)))
    case .golden: members.append(.init("weight", "golden"))
    case .rest: members.append(.init("weight", "rest"))
    case nil: break
    }
    if !part.filters.isEmpty {
      members.append(.init("filters", .array(part.filters.map { .string(FilterEntry.text($0)) })))
    }
    return .object(members)
  }

  private static func step(_ step: ModelStep) -> JSONValue {
    switch step {
    case .identity: .object([])
    case .extrapolation(let weight, let quantity):
      ["extrapolation": .string(weight.plainText), "of": .string(quantity.rawValue)]
    }
  }

  private static func size(_ size: MixingPart.Size) -> JSONValue.Member {
    switch size {
    case .all: .init("size", "all")
    case .rest: .init("size", "rest")
    case .share(let share): .init("size", .string(share.description))
    case .count(let count): .init("count", .string(count.description))
    }
  }

  private static func text(_ source: MixingPart.Source) -> String {
    switch source {
    case .original: "original"
    case .reservoir(let count): "original:first=\(count)"
    case .fresh: "fresh"
    case .generations(last: 1): "last"
    case .generations(nil): "generations"
    case .generations(let last?): "generations:last=\(last)"
    case .window(let count): "window:last=\(count)"
    }
  }
}

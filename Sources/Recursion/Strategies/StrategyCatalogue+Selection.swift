import Generators

extension Mixing {
  /// The same parts, with filters on the synthetic ones.
  func filtering(_ filters: SampleFilter...) -> Mixing {
    Mixing(
      parts.map { part in
        var part = part
        if part.sources == [.generations(last: 1)] { part.filters = filters }
        return part
      })
  }
}

extension SettingKey {
  /// A real share that is none unless it is given.
  static let someShare = SettingKey("share", .number(0...1), default: "0", "real share p of N")
}

// Samples that are chosen or changed between two generations, and models that are changed after a fit.

extension StrategyCatalogue {
  /// Filters and steps.
  static let selected: [StrategyEntry] = [
    StrategyEntry(
      "curated",
      "synthetic samples of the last generation that a verifier chose, beside p N real ones",
      source: "Ferbach et al. 2024; Feng et al. 2024",
      keys: Curation.keys + [.someShare, .real("fixed")]
    ) { settings in
      Recipe(
        mixing: Mixing.beside(settings, share: Schedule(settings.number("share")))
          .filtering(.curate(Curation(settings))))
    },
    StrategyEntry(
      "filtered",
      "p N real and (1 - p) N synthetic samples without those that a detector takes for synthetic",
      source: "Drayson et al. 2025",
      keys: [
        SettingKey(
          "detects", .number(0...1), default: "0.8", "share of synthetic samples it removes"),
        SettingKey(
          "alarms", .number(0...1), default: "0.1", "share of real samples it removes"),
        .share, .real("fresh"),
      ]
    ) { settings in
      var mixing = Mixing.beside(settings, share: Schedule(settings.number("share")))
        .filtering(.remove(rate: settings.number("detects")))
      mixing.parts[0].filters = [.remove(rate: settings.number("alarms"))]
      return Recipe(mixing: mixing)
    },
    StrategyEntry(
      "corrected",
      "synthetic samples moved towards the nearest of K real cluster centres, (x + g c)/(1 + g), "
        + "beside p N real ones",
      source: "Gillman et al. 2024",
      keys: [
        SettingKey("strength", .number(0...1000), default: "1", "strength g"),
        SettingKey("clusters", .whole(1...10_000), default: "16", "clusters K of the real set"),
        .share, .real("fixed"),
      ]
    ) { settings in
      Recipe(
        mixing: Mixing.beside(settings, share: Schedule(settings.number("share")))
          .filtering(
            .correct(
              strength: settings.number("strength"), clusters: settings.whole("clusters"))))
    },
    StrategyEntry(
      "negative",
      "as replace beside p N real samples, each model then moved away from one fitted to its own "
        + "samples, (1 + w) theta - w theta'; generators gaussian and gmm",
      source: "Alemohammad et al. 2025 (Neon)",
      keys: [
        SettingKey("weight", .number(0...100), default: "0.5", "weight w"),
        SettingKey(
          "of", words: ["covariance", "precision"], default: "covariance",
          "what is extrapolated of each Gaussian, beside means and weights"),
        .someShare, .real("fixed"),
      ]
    ) { settings in
      Recipe(
        mixing: .beside(settings, share: Schedule(settings.number("share"))),
        step: .extrapolation(
          weight: settings.number("weight"),
          of: settings.text("of") == "precision" ? .precision : .covariance))
    },
  ]
}

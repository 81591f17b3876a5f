extension NearestName {
  /// What other programs and papers call metrics, and what those are called here.
  private static let metrics: [String: [String]] = [
    "fid": ["frechet_distance"], "fd": ["frechet_distance"], "fdd": ["frechet_distance"],
    "frechet": ["frechet_distance"], "fid_infinity": ["frechet_distance_infinite"],
    "fid_inf": ["frechet_distance_infinite"], "fd_inf": ["frechet_distance_infinite"],
    "kid": ["kernel_distance", "kernel_distance_subsets"],
    "kd": ["kernel_distance", "kernel_distance_subsets"], "mmd": ["mmd_rbf", "cmmd"],
    "mmd2": ["mmd_rbf", "cmmd"],
    "energy": ["energy_distance"], "swd": ["sliced_wasserstein"], "sw": ["sliced_wasserstein"],
    "vendi": ["vendi_rbf", "vendi_cosine"], "vendi_score": ["vendi_rbf", "vendi_cosine"],
    "prdc": ["precision", "recall", "density", "coverage"], "pr": ["precision", "recall"],
    "dc": ["density", "coverage"], "ipr": ["improved_precision", "improved_recall"],
    "p_pr": ["p_precision", "p_recall"], "ct": ["c_t"], "zu": ["z_u"], "authenticity": ["authpct"],
    "auth": ["authpct"], "js": ["jsd"],
  ]

  /// Returns ` Here it is "a".` of a metric's name elsewhere, else ` Did you mean "a"?` with the nearest ids;
  /// nothing if none is near.
  public static func metricQuestion(_ typed: String, among names: [String]) -> String {
    let word = typed.lowercased().replacing("-", with: "_")
    let known = (metrics[word] ?? []).filter(names.contains).map { "\"\($0)\"" }
    guard let last = known.last else { return question(typed, among: names) }
    guard known.count > 1 else { return " Here it is \(last)." }
    return " Here there are \(known.dropLast().joined(separator: ", ")) and \(last)."
  }
}

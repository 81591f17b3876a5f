import COpenBLAS

/// The version of the OpenBLAS that is linked, such as `0.3.21`, as the library tells it.
public var blasVersion: String {
  let words = unsafe String(cString: openblas_get_config()).split(separator: " ")
  return words.count > 1 && words[0] == "OpenBLAS" ? String(words[1]) : "of unknown version"
}

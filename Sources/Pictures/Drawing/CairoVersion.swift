import CCairo

/// The version of the Cairo that is linked, such as `1.16.0`.
public var cairoVersion: String { unsafe String(cString: cairo_version_string()) }

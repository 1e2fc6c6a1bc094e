import CYaml

/// libyaml: its C goes in here, values come out.
package enum LibYAML {
    package static var version: String { unsafe String(cString: yaml_get_version_string()) }
}

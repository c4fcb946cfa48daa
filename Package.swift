// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target of the package is built with these settings; the architecture test reads the arrows below.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

func pure(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func suite(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "drydock",
  targets: [
    // C libraries: a module map and a header each.
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CYAML", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CTLS", providers: [.apt(["libssl-dev"])]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),

    // The pure core; arrows point down only.
    pure("Diagnostics"),
    pure("Patterns", ["CRE2"]),
    pure("YAML", ["CYAML", "Diagnostics"]),
    pure("SQLite", ["CSQLite"]),
    pure("Tokens", ["COpenSSL", "YAML"]),
    pure("Certificates", ["COpenSSL", "Diagnostics"]),
    pure("MeshModel", ["Diagnostics"]),
    pure("MeshCodec", ["MeshModel", "YAML", "Patterns", "Diagnostics"]),
    pure("Validation", ["CObjectSchemas", "YAML", "Patterns", "Diagnostics"]),
    pure("Analysis", ["Validation", "Certificates", "YAML", "Diagnostics"]),
    pure("ProxyModel", ["MeshModel", "Patterns"]),
    pure("Translation", ["MeshModel", "ProxyModel"]),
    pure("Evaluation", ["ProxyModel", "Patterns", "MeshModel"]),
    pure("EnvoyConfig", ["ProxyModel", "MeshModel"]),
    pure("RequestSpace", ["Evaluation", "ProxyModel", "Patterns", "MeshModel"]),
    pure("RoutingTests", ["RequestSpace", "Patterns", "Evaluation", "ProxyModel", "MeshModel", "YAML", "Diagnostics"]),
    pure("History", ["MeshModel"]),
    pure("Comparison", ["MeshModel"]),
    pure("Editing", ["Comparison", "MeshCodec", "MeshModel", "YAML", "Diagnostics"]),
    pure("Drift", ["Comparison", "MeshModel"]),
    pure("Releases", ["MeshModel", "History", "Diagnostics"]),
    pure("Storage", ["SQLite", "CSchema", "MeshModel", "History"]),
    pure("Export", ["MeshModel", "History"]),

    // The SQL of schema/, embedded as C strings.
    .target(name: "CSchema"),
    // The example of `drydock tour`, from fixtures/tour.
    .target(name: "CTour"),
    // The fields of Istio's objects and of Envoy's configuration, embedded as tables.
    // An example for each rule, embedded.
    .target(name: "CRuleExamples"),
    .target(name: "CObjectSchemas", exclude: ["istio.schema", "envoy.schema"]),

    // The edges.
    pure(
      "Report",
      [
        "Diagnostics", "MeshModel", "MeshCodec", "ProxyModel", "Evaluation", "EnvoyConfig", "History", "Comparison",
        "Export", "Drift", "Releases",
        "RequestSpace", "RoutingTests",
      ]),
    pure(
      "Workbench",
      [
        "Diagnostics", "YAML", "Tokens", "Certificates", "MeshModel", "MeshCodec", "ProxyModel", "Translation",
        "Evaluation", "EnvoyConfig", "History", "Comparison", "SQLite", "Storage", "Export",
        "Validation", "Analysis", "CRuleExamples", "RequestSpace", "Editing", "Drift",
        "Releases", "RoutingTests",
      ]),
    .executableTarget(
      name: "drydock",
      dependencies: [
        "Workbench", "Report", "Diagnostics", "MeshModel", "ProxyModel", "Evaluation", "History", "Comparison",
        "Storage", "Export", "Validation", "Analysis", "CTour", "EnvoyConfig", "RequestSpace", "Drift",
        "Editing", "Releases", "RoutingTests",
      ],
      swiftSettings: strict),

    // Measures, and asserts nothing: `swift run -c release benchmarks`.
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "Workbench", "Report", "Diagnostics", "MeshModel", "ProxyModel", "Evaluation", "Patterns", "History", "Storage",
        "Validation", "Analysis", "YAML",
      ],
      path: "Sources/Benchmarks",
      swiftSettings: strict),

    // What property tests draw from.
    .target(name: "SeededDraws", path: "Tests/SeededDraws", swiftSettings: strict),

    // Tests: one target per source target, and one that reads the sources themselves.
    suite("ArchitectureTests", []),
    suite("ConformanceTests", ["Workbench", "RoutingTests", "Report", "Evaluation", "MeshModel", "Diagnostics"]),
    suite("EnvoyTests", ["CTLS", "Workbench", "Report", "Evaluation", "EnvoyConfig", "MeshModel", "ProxyModel"]),
    suite(
      "CheckTests", ["Workbench", "Report", "Analysis", "Validation", "Certificates", "YAML", "Diagnostics"]),
    suite("CommandLineTests", ["drydock"]),
    suite("SQLiteTests", ["SQLite"]),
    suite("HistoryTests", ["History", "MeshModel"]),
    suite(
      "AccessTests",
      ["Workbench", "Certificates", "Report", "Evaluation", "MeshCodec", "MeshModel", "ProxyModel", "Diagnostics"]),
    suite("DriftTests", ["SeededDraws", "Workbench", "Drift", "Comparison", "MeshModel"]),
    suite("ComparisonTests", ["Comparison", "MeshModel"]),
    suite("EditingTests", ["SeededDraws", "Workbench", "Editing", "MeshCodec", "MeshModel", "YAML", "Diagnostics"]),
    suite(
      "ReleasesTests",
      [
        "Releases", "Workbench", "Comparison", "Validation", "Diagnostics", "Storage", "History", "MeshModel",
        "Evaluation", "ProxyModel", "Editing",
      ]),
    suite("ExportTests", ["Export", "History", "MeshModel"]),
    suite("WorkbenchTests", ["Workbench", "RequestSpace", "Storage", "SQLite", "Export", "History", "MeshModel"]),
    suite("StorageTests", ["Storage", "SQLite", "History", "MeshModel"]),
    suite("MeshCodecTests", ["MeshCodec", "MeshModel", "YAML", "Diagnostics"]),
    suite("TranslationTests", ["Translation", "Diagnostics", "MeshCodec", "MeshModel", "ProxyModel"]),
    suite(
      "EvaluationTests",
      ["SeededDraws", "Evaluation", "ProxyModel", "Patterns", "Translation", "MeshModel", "MeshCodec", "Diagnostics"]),
    suite("RequestSpaceTests", ["RequestSpace", "Patterns"]),
    suite("TokensTests", ["Tokens"]),
    suite("YAMLTests", ["YAML", "Diagnostics"]),
    suite("PatternsTests", ["Patterns"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

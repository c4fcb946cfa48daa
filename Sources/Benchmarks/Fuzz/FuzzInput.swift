import Analysis
import Diagnostics
import Report
import Validation
import Workbench
import YAML

/// One input of the fuzz run, made from the seed and its number alone.
struct FuzzInput {
  var text: [UInt8]
  var meshConfig: [UInt8]?
  var manner: Manner

  init(seed: UInt64, number: Int, _ noise: ObjectNoise) {
    var random = SeededRandom(seed: seed &+ UInt64(number) &* 0x2545_f491_4f6c_dd1d)
    text = random.below(40) == 0 ? TextNoise.bomb(&random) : noise.stream(&random)
    // Changes within changes can make a text very long, which shows nothing that a shorter one does not.
    text = Array(text.prefix(random.below(200) == 0 ? 16 << 20 : 1 << 20))
    if random.below(2) == 0 { text = TextNoise.apply(text, &random) }
    if random.below(10) == 0 { meshConfig = TextNoise.apply(Self.meshConfig, &random) }
    manner = random.pick([.istio, .cluster, .istioctl])
  }

  private static let meshConfig = Array(
    """
    rootNamespace: istio-config
    trustDomain: td
    extensionProviders:
    - name: a
      lightstep: {service: x}
    defaultProviders: {accessLogging: [a]}
    defaultConfig: {image: {imageType: distroless}, proxyMetadata: {ISTIO_META_DNS_CAPTURE: "true"}}

    """.utf8)

  /// Everything that a check does with a text, and what must hold of its answer.
  func exercise(_ rules: [FindingSARIF.RuleEntry]) {
    var world = CheckWorld(files: [(name: "fuzz.yaml", bytes: text)])
    world.meshConfig = meshConfig.map { String(decoding: $0, as: UTF8.self) }
    let findings = Check(manner: .drydock, now: 1_760_000_000).findings(of: world)
    Self.demandPlaces(findings)
    _ = Check(manner: manner, now: 1_760_000_000).findings(of: world)
    write(findings, world, rules)
    // What the store would keep of it, with its half in front.
    let kept = ObjectInput(files: [(name: "fuzz.yaml", bytes: text)]).objects
    var stored = CheckWorld(files: [(name: "fuzz.yaml", bytes: Array(text.prefix(text.count / 2)))])
    stored.add(kept)
    let others = Check(manner: .drydock, now: 1_760_000_000).findings(of: stored)
    Self.demandPlaces(others)
    let baseline = Baseline(others, against: findings)
    precondition(baseline.unchanged + baseline.introduced.count == others.count)
  }

  private func write(_ findings: [Finding], _ world: CheckWorld, _ rules: [FindingSARIF.RuleEntry]) {
    for language in Language.allCases {
      var json = FindingJSON(language: language)
      json.writeDocument(findings, objects: world.objects.count, files: 1)
      Self.demandJSON(json.takeBytes())
      var sarif = FindingSARIF(version: "0", language: language)
      Self.demandJSON(sarif.document(findings, rules: rules))
      _ = FindingMarks.junit(findings, objects: world.objects.map(\.subject), language: language)
      _ = FindingMarks.github(findings, language: language)
      let printer = FindingText(files: world.files, style: .colored, language: language)
      for finding in findings { _ = printer.text(finding) }
    }
  }

  private static func demandJSON(_ bytes: [UInt8]) {
    precondition(bytes.count > 16 << 20 || parseJSON(bytes) != nil, "the document is no JSON")
  }

  private static func demandPlaces(_ findings: [Finding]) {
    for finding in findings {
      precondition(
        finding.span.map { $0.start.line > 0 && $0.start.column > 0 } == true, "\(finding.code) has no place")
      precondition(!finding.message.zh.isEmpty && !finding.message.en.isEmpty, "\(finding.code) has no words")
    }
  }
}

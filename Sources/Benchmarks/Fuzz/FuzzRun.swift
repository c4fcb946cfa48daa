import Glibc
import Workbench

/// `benchmarks fuzz-check [--minutes N] [--seed N] [--keep DIR] [--input N]`: random and damaged YAML through the whole
/// of `drydock check`, in processes that may die. An input that crashes, hangs or takes too much memory is kept as a file.
struct FuzzRun {
  private var minutes = 30.0
  private var seed: UInt64 = 1
  private var folder = "fuzz-failures"
  /// One input only, which is printed.
  private var only: Int?

  private var inputs = 0
  private var failures = 0
  private var remarks = 0
  private var peakMegabytes = 0

  private static let batch = 2_000
  /// Of silence, after which an input is taken to hang; the machine may be busy.
  private static let patience: Int32 = 90_000

  static func main(_ words: [String]) {
    var run = FuzzRun()
    guard run.read(words) else {
      print("usage: benchmarks fuzz-check [--minutes N] [--seed N] [--keep DIR] [--input N]")
      exit(2)
    }
    if let number = run.only {
      let input = FuzzInput(seed: run.seed, number: number, ObjectNoise())
      print(String(decoding: input.text, as: UTF8.self), terminator: "")
      FuzzWorker.run(seed: run.seed, inputs: number..<number + 1)
    } else {
      exit(run.runAll() ? 0 : 1)
    }
  }

  private mutating func read(_ words: [String]) -> Bool {
    guard words.count % 2 == 0 else { return false }
    for place in stride(from: 0, to: words.count, by: 2) {
      let value = words[place + 1]
      switch words[place] {
      case "--minutes":
        guard let number = Double(value) else { return false }
        minutes = number
      case "--seed":
        guard let number = UInt64(value) else { return false }
        seed = number
      case "--keep": folder = value
      case "--input":
        guard let number = Int(value), number >= 0 else { return false }
        only = number
      default: return false
      }
    }
    return true
  }

  /// False when an input failed.
  private mutating func runAll() -> Bool {
    let end = Self.now() + minutes * 60
    var next = 0
    var told = Self.now()
    while Self.now() < end {
      next = runBatch(from: next, until: end)
      if Self.now() - told > 60 {
        told = Self.now()
        tell()
      }
    }
    tell()
    return failures == 0
  }

  private func tell() {
    print("\(inputs) inputs, \(failures) failures, \(remarks) slow or large, peak \(peakMegabytes) MB, seed \(seed)")
    fflush(nil)
  }

  /// The number of the input to go on with.
  private mutating func runBatch(from first: Int, until end: Double) -> Int {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return first }
    defer { close(ends[0]) }
    let words = [Program.path, "--fuzz-worker", String(seed), String(first), String(first + Self.batch)]
    let process = Self.spawn(words, output: ends[1], other: ends[0])
    close(ends[1])
    guard let process else { return first }
    var current = first - 1
    var isHanging = false
    var text: [UInt8] = []
    reading: while true {
      var wait = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, Self.patience)
      if ready < 0, errno == EINTR { continue }
      if ready == 0 || Self.now() > end {
        isHanging = ready == 0
        kill(process, SIGKILL)
        break
      }
      let block = [UInt8](unsafeUninitializedCapacity: 1 << 12) { buffer, count in
        count = max(0, Glibc.read(ends[0], buffer.baseAddress, buffer.count))
      }
      if block.isEmpty { break reading }
      text += block
      while let line = text.firstIndex(of: 0x0A) {
        read(line: String(decoding: text[..<line], as: UTF8.self), &current)
        text.removeSubrange(...line)
      }
    }
    var usage = rusage()
    var status: Int32 = 0
    while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    peakMegabytes = max(peakMegabytes, usage.ru_maxrss / 1024)
    inputs += current - first + 1
    if status != 0, isHanging || Self.now() <= end { keep(current, isHanging ? "hang" : "crash") }
    return current + 1
  }

  private mutating func read(line: String, _ current: inout Int) {
    if line.utf8.starts(with: "at ".utf8) {
      current = Int(line.dropFirst(3)) ?? current
    } else {
      remarks += 1
      print(line)
    }
  }

  private mutating func keep(_ number: Int, _ what: String) {
    failures += 1
    mkdir(folder, 0o755)
    let input = FuzzInput(seed: seed, number: number, ObjectNoise())
    let path = "\(folder)/\(what)-\(seed)-\(number).yaml"
    print("\(what) at input \(number): \(path)")
    try? ScratchFolder.write(input.text, to: path)
  }

  private static func spawn(_ words: [String], output: Int32, other: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, other)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    return posix_spawn(&process, words[0], &actions, nil, arguments, environ) == 0 ? process : nil
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

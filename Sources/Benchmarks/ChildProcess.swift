import Glibc

/// Another program, run to its end.
enum ChildProcess {
  struct Outcome {
    var status: Int32
    var cost: Cost
    var peakMegabytes: Int
  }

  enum Output { case shown, dropped }

  /// The first word is the program's path or name.
  static func run(_ words: [String], output: Output = .dropped) -> Outcome {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if output == .dropped {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    var usage = rusage()
    var status: Int32 = -1
    let (_, wall) = Measurement.once {
      guard posix_spawnp(&process, words[0], &actions, nil, arguments, environ) == 0 else { return }
      while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
    }
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    return Outcome(
      status: status, cost: Cost(seconds: wall.seconds, cpuSeconds: cpu), peakMegabytes: usage.ru_maxrss / 1024)
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}

// VS-48 to VS-83: what an HTTP route does.
extension Admission {
  // VS-48 to VS-56
  func checkFault(_ fault: Part) {
    guard fault.isPresent else { return }
    let (abort, delay) = (fault["abort"], fault["delay"])
    if abort.isAbsent, delay.isAbsent { report(.emptyFault, fault) }
    if abort.isPresent {
      checkPercentage(abort["percentage"])
      if abort["grpcStatus"].isPresent {
        if !Self.statusNames.contains(abort["grpcStatus"].text) {
          report(.grpcStatus, abort["grpcStatus"], abort["grpcStatus"].text)
        }
      } else if abort["http2Error"].isPresent {
        report(.http2Error, abort["http2Error"])
      } else if abort["httpStatus"].isPresent {
        checkStatus(abort["httpStatus"])
      }
    }
    guard delay.isPresent else { return }
    checkPercentage(delay["percentage"])
    checkDuration(delay["fixedDelay"])
    if delay["exponentialDelay"].isPresent {
      checkDuration(delay["exponentialDelay"])
      report(.exponentialDelay, delay["exponentialDelay"])
    }
  }

  private static let statusNames: Set<String> = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
    "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
    "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]

  /// S-55
  private func checkPercentage(_ percentage: Part) {
    let value = percentage["value"].decimal
    if value < 0 || value > 100 || (value != 0 && value < 0.0001) {
      report(.percentage, percentage["value"], percentage["value"].literal)
    }
  }

  /// S-56
  private func checkStatus(_ status: Part) {
    let value = Int32(truncatingIfNeeded: status.number)
    if value < 200 || value > 600 { report(.httpStatus, status, String(status.number)) }
  }

  // VS-57 to VS-66
  func checkMirrors(_ route: Part) {
    if route["mirrorPercent"].isPresent {
      let percent = route["mirrorPercent"]
      if percent.number > 100 { report(.mirrorPercent, percent, String(percent.number)) }
      report(.oldMirrorPercent, percent)
    }
    checkMirrorShare(route["mirrorPercentage"], above: .mirrorAboveAll, below: .mirrorBelowNothing)
    checkDestination(route["mirror"])
    for mirror in route["mirrors"].items {
      if mirror["destination"].isAbsent {
        report(.mirrorToNowhere, mirror)
        continue
      }
      checkDestination(mirror["destination"])
      checkMirrorShare(mirror["percentage"], above: .mirrorsAboveAll, below: .mirrorsBelowNothing)
    }
  }

  private func checkMirrorShare(_ share: Part, above: Rule, below: Rule) {
    let value = share["value"].decimal
    if value > 100 { report(above, share["value"], share["value"].literal) }
    if value < 0 { report(below, share["value"], share["value"].literal) }
  }

  /// VS-67 to VS-70: only the first problem is told.
  func checkRedirect(_ redirect: Part) {
    guard redirect.isPresent else { return }
    let names = ["uri", "authority", "scheme"]
    let (code, scheme, port) = (redirect["redirectCode"], redirect["scheme"], redirect["port"])
    if !names.contains(where: { redirect[$0].hasText }), port.isAbsent, redirect["derivePort"].isAbsent {
      report(.emptyRedirect, redirect)
    } else if code.number != 0, !(300...399).contains(code.number) {
      report(.redirectCode, code, String(code.number))
    } else if !["", "http", "https"].contains(scheme.text) {
      report(.redirectScheme, scheme, scheme.text)
    } else if port.number > 65_535 {
      report(.redirectPort, port, String(port.number))
    }
  }

  // VS-71 to VS-73
  func checkDirectResponse(_ response: Part) {
    guard response.isPresent else { return }
    let body = response["body"]
    let size =
      body["bytes"].isPresent ? Base64Text.decodedCount(body["bytes"].text) : body["string"].text.utf8.count
    if size > 1 << 20 {
      report(.bodyTooLarge, body, String(size))
    } else if size > 100 << 10 {
      report(.bodyLarge, body, String(size))
    }
    checkStatus(response["status"])
  }

  // VS-74 to VS-78
  func checkRetries(_ retries: Part) {
    guard retries.isPresent else { return }
    let attempts = retries["attempts"]
    if attempts.number < 0 { report(.negativeAttempts, attempts, String(attempts.number)) }
    let hasMore =
      retries["perTryTimeout"].isPresent || retries["retryOn"].hasText || retries["retryRemoteLocalities"].isPresent
    if attempts.number == 0, hasMore { report(.noAttempts, retries) }
    checkDuration(retries["perTryTimeout"])
    let on = retries["retryOn"]
    if on.hasText {
      for item in on.text.split(separator: ",", omittingEmptySubsequences: false) {
        let known =
          Self.retryReasons.contains(String(item)) || GoNumber.integer(String(item)).map(Self.isStatus) == true
        if !known { report(.retryReason, on, String(item)) }
      }
    }
    checkDuration(retries["backoff"])
  }

  private static let retryReasons: Set<String> = [
    "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "retriable-4xx", "refused-stream",
    "retriable-status-codes", "retriable-headers", "envoy-ratelimited", "http3-post-connect-failure", "cancelled",
    "deadline-exceeded", "internal", "resource-exhausted", "unavailable",
  ]

  /// The codes that Go has a text for.
  private static func isStatus(_ code: Int64) -> Bool {
    switch code {
    case 100...103, 200...208, 226, 300...305, 307, 308, 400...418, 421...426, 428, 429, 431, 451, 500...508, 510, 511:
      true
    default: false
    }
  }

  /// VS-79 to VS-82: only the first problem is told.
  func checkRewrite(_ rewrite: Part) {
    guard rewrite.isPresent else { return }
    let regex = rewrite["uriRegexRewrite"]
    if rewrite["uri"].hasText, regex.isPresent {
      report(.twoRewrites, rewrite)
    } else if !rewrite["uri"].hasText, regex.isAbsent, !rewrite["authority"].hasText {
      report(.emptyRewrite, rewrite)
    } else if regex.isPresent {
      if regex["match"].hasText, regex["rewrite"].hasText {
        checkRegex(regex["match"])
      } else {
        report(.halfRewrite, regex)
      }
    }
  }

  // VS-83
  func checkAuthority(_ route: Part) {
    var isSet = route["rewrite"]["authority"].hasText
    let request = route["headers"]["request"]
    for (key, value) in request["set"].members + request["add"].members {
      let name = key.lowercased()
      guard name == ":authority" || name == "host" else { continue }
      if isSet {
        report(.authorityTwice, value, value.text)
        return
      }
      isSet = value.hasText
    }
  }
}

extension Rule {
  static let percentage = refusal(
    66, "'{0}' is no percentage; use 0, or 0.0001 to 100", "'{0}' 不是百分比；请使用 0 或 0.0001 到 100")
  static let httpStatus = refusal(67, "{0} is no status; use 200 to 599", "{0} 不是状态码；请使用 200 到 599")
  static let emptyFault = refusal(227, "a fault needs an abort or a delay", "故障注入需要 abort 或 delay")
  static let grpcStatus = refusal(
    229, "'{0}' is no gRPC status; use one such as UNAVAILABLE", "'{0}' 不是 gRPC 状态；请使用例如 UNAVAILABLE")
  static let http2Error = refusal(
    230, "'http2Error' is not implemented; use httpStatus or grpcStatus", "'http2Error' 未实现；请使用 httpStatus 或 grpcStatus"
  )
  static let exponentialDelay = refusal(
    234, "'exponentialDelay' is not implemented; use fixedDelay", "'exponentialDelay' 未实现；请使用 fixedDelay")
  static let mirrorPercent = refusal(236, "{0} is no percentage; use 0 to 100", "{0} 不是百分比；请使用 0 到 100")
  static let oldMirrorPercent = remark(
    237, "'mirrorPercent' is deprecated; use 'mirrorPercentage'", "'mirrorPercent' 已弃用；请使用 'mirrorPercentage'")
  static let mirrorAboveAll = refusal(238, "{0} is above 100 percent", "{0} 大于百分之百")
  static let mirrorBelowNothing = refusal(239, "{0} is below 0 percent", "{0} 小于零")
  static let mirrorToNowhere = refusal(242, "a mirror needs a destination", "镜像需要目标")
  static let mirrorsAboveAll = refusal(244, "{0} is above 100 percent", "{0} 大于百分之百")
  static let mirrorsBelowNothing = refusal(245, "{0} is below 0 percent", "{0} 小于零")
  static let emptyRedirect = refusal(
    246, "the redirect changes nothing; set uri, authority, scheme or port",
    "重定向没有改变任何内容；请设置 uri、authority、scheme 或 port")
  static let redirectCode = refusal(247, "{0} is no redirect; use 300 to 399", "{0} 不是重定向；请使用 300 到 399")
  static let redirectScheme = refusal(248, "scheme '{0}' is unknown; use http or https", "未知的协议 '{0}'；请使用 http 或 https")
  static let redirectPort = refusal(249, "{0} is no port; use 1 to 65535", "{0} 不是有效端口；请使用 1 到 65535")
  static let bodyTooLarge = refusal(
    250, "a body of {0} bytes is too large; at most 1 MiB is allowed", "{0} 字节的正文过大；最多 1 MiB")
  static let bodyLarge = remark(
    251, "a body of {0} bytes burdens the control plane; keep it below 100 KiB", "{0} 字节的正文会加重控制面负担；请小于 100 KiB")
  static let negativeAttempts = refusal(253, "{0} attempts are not possible; use 0 or more", "重试次数 {0} 无效；请使用 0 或更大的值")
  static let noAttempts = refusal(
    254, "retries are off while other settings ask for them; set 'attempts'", "重试已关闭，但仍有其他重试设置；请设置 'attempts'")
  static let retryReason = refusal(
    256, "'{0}' is no reason to retry; use one such as 5xx, or a status code, without blanks",
    "'{0}' 不是重试条件；请使用例如 5xx 或状态码，不含空格")
  static let twoRewrites = refusal(
    258, "uri and uriRegexRewrite exclude each other; keep one", "uri 与 uriRegexRewrite 互斥；请只保留一个")
  static let emptyRewrite = refusal(
    259, "the rewrite changes nothing; set uri, uriRegexRewrite or authority",
    "重写没有改变任何内容；请设置 uri、uriRegexRewrite 或 authority")
  static let halfRewrite = refusal(
    260, "uriRegexRewrite needs 'match' and 'rewrite'", "uriRegexRewrite 需要 'match' 和 'rewrite'")
  static let authorityTwice = refusal(
    262, "the authority is set a second time, to '{0}'; keep one", "authority 被再次设为 '{0}'；请只保留一处")

  static let httpActionRules: [Rule] = [
    percentage, httpStatus, emptyFault, grpcStatus, http2Error, exponentialDelay, mirrorPercent, oldMirrorPercent,
    mirrorAboveAll, mirrorBelowNothing, mirrorToNowhere, mirrorsAboveAll, mirrorsBelowNothing, emptyRedirect,
    redirectCode, redirectScheme, redirectPort, bodyTooLarge, bodyLarge, negativeAttempts, noAttempts, retryReason,
    twoRewrites, emptyRewrite, halfRewrite, authorityTwice,
  ]
}

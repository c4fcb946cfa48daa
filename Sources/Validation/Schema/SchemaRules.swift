// What the API server says; the words of section B.
extension Rule {
  static let unservedVersion = schema(
    "DD2001", "'{0}' has no kind {1}; use {2}", "'{0}' 中没有 {1} 类型；请使用 {2}")
  static let badObjectName = schema(
    "DD2002",
    "name '{0}' is not valid; use lower case letters, digits, '-' and '.', with a letter or digit at each end",
    "名称 '{0}' 无效；请使用小写字母、数字、'-' 和 '.'，首尾须为字母或数字")
  static let badLabelKey = schema(
    "DD2003", "label key '{0}' is not valid; use [prefix/]name of letters, digits, '-', '_' and '.', 63 bytes at most",
    "标签键 '{0}' 无效；请使用 [前缀/]名称，由字母、数字、'-'、'_' 和 '.' 组成，最多 63 字节")
  static let badLabelValue = schema(
    "DD2004",
    "label value '{0}' is not valid; use letters, digits, '-', '_' and '.', 63 bytes at most, with a letter or digit at "
      + "each end",
    "标签值 '{0}' 无效；请使用字母、数字、'-'、'_' 和 '.'，最多 63 字节，首尾须为字母或数字")
  static let badAnnotationKey = schema(
    "DD2005", "annotation key '{0}' is not valid; use [prefix/]name of letters, digits, '-', '_' and '.'",
    "注解键 '{0}' 无效；请使用 [前缀/]名称，由字母、数字、'-'、'_' 和 '.' 组成")
  static let badNamespaceName = schema(
    "DD2006", "namespace '{0}' is not valid; use lower case letters, digits and '-', 63 bytes at most",
    "命名空间 '{0}' 无效；请使用小写字母、数字和 '-'，最多 63 字节")
  static let missingName = schema(
    "DD2007", "the object has no name; set metadata.name", "对象没有名称；请设置 metadata.name")
  static let specRequired = schema("DD2008", "the object has no 'spec'; add it", "对象没有 'spec'；请添加")
  static let wrongType = schema("DD2010", "this must be of type {0}, not {1}", "此处类型应为 {0}，而不是 {1}")
  static let required = schema("DD2011", "'{0}' is required; add it", "缺少必填字段 '{0}'；请添加")
  static let unknownWord = schema("DD2012", "'{0}' is not one of: {1}", "'{0}' 不在可选值之中：{1}")
  static let tooLong = schema("DD2013", "{0} characters are too long; at most {1} are allowed", "{0} 个字符过长；最多 {1} 个")
  static let tooShort = schema("DD2014", "this is too short; at least {0} character is needed", "内容过短；至少需要 {0} 个字符")
  static let badPattern = schema("DD2015", "'{0}' does not match '{1}'", "'{0}' 不匹配 '{1}'")
  static let tooSmall = schema("DD2016", "{0} is too small; the least is {1}", "{0} 过小；最小为 {1}")
  static let tooLarge = schema("DD2017", "{0} is too large; the most is {1}", "{0} 过大；最大为 {1}")
  static let tooMany = schema("DD2018", "{0} entries are too many; at most {1} are allowed", "{0} 项过多；最多 {1} 项")
  static let tooFew = schema("DD2019", "this has too few entries; at least {0} is needed", "项数过少；至少需要 {0} 项")
  static let tooManyChoices = schema("DD2020", "only one of these may be set: {0}", "以下字段只能设置一个：{0}")
  static let duplicateItem = schema("DD2021", "another item has the same {0} '{1}' already", "已有另一项使用相同的 {0} '{1}'")
  static let notBase64 = schema("DD2022", "'{0}' is not base64", "'{0}' 不是 base64")
  static let badPort = schema("DD2023", "{0} is no port; use 1 to 65535", "{0} 不是有效端口；请使用 1 到 65535")
  static let noDuration = schema(
    "DD2024", "'{0}' is no duration; write it as '1.5s', '100ms' or '1h2m'", "'{0}' 不是时长；请写作 '1.5s'、'100ms' 或 '1h2m'")
  static let shortDuration = schema("DD2025", "'{0}' is too short; the least is '1ms'", "'{0}' 过短；最短为 '1ms'")
  static let onlyOneOf = schema("DD2026", "only one of these may be set: {0}", "以下字段只能设置一个：{0}")
  static let exactlyOneOf = schema("DD2027", "exactly one of these must be set: {0}", "以下字段必须且只能设置一个：{0}")
  static let starInKey = schema(
    "DD2028", "label key '{0}' has a '*'; labels are matched exactly", "标签键 '{0}' 含有 '*'；标签只能精确匹配")
  static let starInValue = schema(
    "DD2029", "label value '{0}' has a '*'; labels are matched exactly", "标签值 '{0}' 含有 '*'；标签只能精确匹配")
  static let emptyKey = schema("DD2030", "a label key is empty; give it a name", "标签键为空；请填写名称")
  static let otherNamespace = schema(
    "DD2031", "namespace '{0}' cannot be named here; a target is always in the object's own namespace",
    "此处不能指定命名空间 '{0}'；目标总是位于对象自己的命名空间")
  static let hostIsStar = schema("DD2032", "host '*' is not allowed; name the hosts", "不允许主机 '*'；请写明主机名")
  static let badPluginURL = schema(
    "DD2033", "'{0}' is no address of a plugin; use oci://, https://, http:// or file://",
    "'{0}' 不是插件地址；请使用 oci://、https://、http:// 或 file://")
  static let badWebURL = schema(
    "DD2034", "'{0}' is no web address; use http:// or https://", "'{0}' 不是网址；请使用 http:// 或 https://")
  static let badProbeScheme = schema(
    "DD2035", "scheme '{0}' is unknown; use HTTP or HTTPS", "未知的协议 '{0}'；请使用 HTTP 或 HTTPS")
  static let badSocket = schema(
    "DD2036", "'{0}' is no socket; after unix:// comes an absolute path or '@name'",
    "'{0}' 不是套接字；unix:// 之后应为绝对路径或 '@名称'")
  static let socketIsFolder = schema("DD2037", "socket '{0}' ends in '/'; name a file", "套接字 '{0}' 以 '/' 结尾；请指定文件")
  static let badPortName = schema(
    "DD2038", "port name '{0}' is not valid; use letters, digits and '-', 62 bytes at most",
    "端口名 '{0}' 无效；请使用字母、数字和 '-'，最多 62 字节")
  static let badPortKey = schema("DD2039", "key '{0}' is no port; use 1 to 65535", "键 '{0}' 不是端口；请使用 1 到 65535")
  static let duplicateNumber = schema("DD2040", "two ports have the same number; remove one", "两个端口的编号相同；请删除其中一个")
  static let hostWithValue = schema(
    "DD2041", "a value is set although it is taken from the host; remove 'value'", "取自宿主环境时不能再设置值；请删除 'value'")
  static let waypointContext = schema(
    "DD2042", "a waypoint match and context WAYPOINT belong together; set both or none",
    "waypoint 匹配与上下文 WAYPOINT 必须同时设置或都不设置")
  static let noAddress = schema("DD2043", "an address or a network is needed; set one", "需要地址或网络；请设置其一")
  static let socketWithPorts = schema(
    "DD2044", "a unix socket has no ports; remove 'ports'", "unix 套接字没有端口；请删除 'ports'")
  static let blockNeedsStatic = schema(
    "DD2045", "address block '{0}' does not go with resolution {1}; use STATIC or NONE, or single addresses",
    "地址段 '{0}' 不能与解析方式 {1} 同用；请使用 STATIC 或 NONE，或改用单个地址")
  static let endpointsWithoutUse = schema(
    "DD2046", "endpoints are not used with resolution NONE; remove them or set STATIC or DNS",
    "解析方式为 NONE 时不使用端点；请删除端点，或设置 STATIC 或 DNS")
  static let manyRoundRobinEndpoints = schema(
    "DD2047", "DNS_ROUND_ROBIN takes one endpoint, not {0}; use DNS or remove the others",
    "DNS_ROUND_ROBIN 只能有一个端点，而不是 {0} 个；请使用 DNS 或删除其余端点")
  static let accountsWithOthers = schema(
    "DD2048", "service accounts cannot be combined with {0}; use one kind of identity",
    "服务账号不能与 {0} 同用；请只使用一种身份")
  static let portsWithoutSelector = schema(
    "DD2049", "portLevelMtls needs a selector with labels; add one", "portLevelMtls 需要带标签的选择器；请添加")
  static let upsertWithoutValue = schema("DD2050", "UPSERT needs a value; set 'value'", "UPSERT 需要值；请设置 'value'")
  static let removeWithValue = schema("DD2051", "REMOVE takes no value; remove 'value'", "REMOVE 不需要值；请删除 'value'")
  static let unknownField = dropped(
    "DD2052", "field '{0}' is unknown and would be dropped; known here: {1}", "字段 '{0}' 未知，会被丢弃；此处可用：{1}")
  static let unknownFieldMeant = dropped(
    "DD2053", "field '{0}' is unknown and would be dropped; did you mean '{1}'?", "字段 '{0}' 未知，会被丢弃；是否指 '{1}'？")

  static let strayField = dropped(
    "DD2054", "field '{0}' is unknown and would be dropped; nothing can be here", "字段 '{0}' 未知，会被丢弃；此处不能有字段")

  static let schemaRules: [Rule] = [
    unservedVersion, badObjectName, badLabelKey, badLabelValue, badAnnotationKey, badNamespaceName, missingName,
    specRequired, wrongType, required, unknownWord, tooLong, tooShort, badPattern, tooSmall, tooLarge, tooMany,
    tooFew, tooManyChoices, duplicateItem, notBase64, badPort, noDuration, shortDuration, onlyOneOf, exactlyOneOf,
    starInKey, starInValue, emptyKey, otherNamespace, hostIsStar, badPluginURL, badWebURL, badProbeScheme, badSocket,
    socketIsFolder, badPortName, badPortKey, duplicateNumber, hostWithValue, waypointContext, noAddress,
    socketWithPorts, blockNeedsStatic, endpointsWithoutUse, manyRoundRobinEndpoints, accountsWithOthers,
    portsWithoutSelector, upsertWithoutValue, removeWithValue, unknownField, unknownFieldMeant, strayField,
  ]
}

/// Every command, in the order of the help.
enum Commands {
  static let all: [CommandSpec] = [
    InitCommand.spec, ApplyCommand.spec, DeleteCommand.spec, ExposeCommand.spec, HostPolicyCommand.fuse,
    HostPolicyCommand.loadbalance, RouteCommand.spec, GetCommand.spec, HistoryCommand.spec, ShowCommand.spec,
    DiffCommand.spec, DriftCommand.spec, RollbackCommand.spec, ReleaseCommand.spec, ReviewCommand.spec,
    PolicyCommand.spec,
    ExportCommand.spec,
    AuditCommand.spec, StoreCommand.spec,
    SimulateCommand.spec, WhoCanCommand.spec, AccessCommand.spec, TokenCommand.spec, CheckCommand.spec,
    TestCommand.spec, ExplainCommand.spec,
    ProxyCommands.listeners, ProxyCommands.routes, ProxyCommands.clusters, ProxyCommands.endpoints, EnvoyCommand.spec,
    TourCommand.spec,
    CompletionCommand.spec, VersionCommand.spec, HelpCommand.spec,
  ]
}

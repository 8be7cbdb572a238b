using Equilibrage.Web.Hosting;

return await CommandLine.InvokeAsync(
    args,
    new(RunCommand.RunAsync, SandboxCommand.RunAsync, ReplayCommand.RunAsync, RunCommand.MigrateAsync));

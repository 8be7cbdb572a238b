using Equilibrage.Web.Hosting;

return await CommandLine.InvokeAsync(
    args, RunCommand.RunAsync, RunCommand.MigrateAsync, SandboxCommand.RunAsync);

namespace Equilibrage.Sandbox.Server.Faults;

/// <summary>A file of faults that cannot be used, with what is wrong.</summary>
public sealed class FaultScriptException(string message, Exception inner) : Exception(message, inner);

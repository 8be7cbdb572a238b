namespace Equilibrage.Sandbox.Server.Http;

/// <summary>A request that cannot be served as it is; the message is the answer's text.</summary>
internal sealed class BadRequestException(string message, int status = 400) : Exception(message)
{
    /// <summary>HTTP status of the answer.</summary>
    public int Status { get; } = status;
}

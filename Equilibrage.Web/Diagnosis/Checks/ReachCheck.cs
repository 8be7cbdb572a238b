using System.Net.WebSockets;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>Whether every service that the mode needs answers.</summary>
internal sealed class ReachCheck : ICheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => "reachability";

    /// <inheritdoc/>
    public bool Applies(Patient patient) => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation)
    {
        var ends = examination.Endpoints;
        var findings = new List<Finding>
        {
            Of("order book", ends.Clob, (await examination.Clob.GetOkAsync(cancellation)).Error),
            Of(
                "markets", ends.Gamma,
                (await examination.Gamma.GetMarketsAsync(new() { Limit = 1, Slugs = ["none"] }, cancellation)).Error),
            await SocketAsync("market channel", ends.MarketSocket, cancellation),
        };
        if (!examination.Patient.IsLive)
            return findings;
        findings.Add(await SocketAsync("account channel", ends.UserSocket, cancellation));
        var chain = await examination.Chain.GetChainIdAsync(cancellation);
        findings.Add(chain.IsOk && chain.Value != ends.ChainId
            ? Finding.Problem(
                Name, $"The chain's node {ends.Rpc.Host} serves chain {chain.Value} and not {ends.ChainId}: set "
                    + "EQUILIBRAGE_RPC to one that does.")
            : Of("chain's node", ends.Rpc, chain.Error, " Set EQUILIBRAGE_RPC to another node."));
        return findings;
    }

    // A refusal is an answer: the service is there.
    private Finding Of(string what, Uri where, PolymarketError? error, string remedy = "") => error?.Kind switch
    {
        PolymarketErrorKind.NotSent or PolymarketErrorKind.NoAnswer or PolymarketErrorKind.ServerFailure
            or PolymarketErrorKind.Unavailable or PolymarketErrorKind.Restricted or PolymarketErrorKind.Restarting =>
            Finding.Problem(
                Name, $"The {what} at {where.Host} does not answer ({error.Message.TrimEnd('.')}): check the network, "
                    + $"then try again.{remedy}"),
        _ => Finding.Fine(Name, $"The {what} at {where.Host} answers."),
    };

    private async Task<Finding> SocketAsync(string what, Uri where, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(where, limit.Token);
            socket.Abort();
            return Finding.Fine(Name, $"The {what} at {where.Host} answers.");
        }
        catch (Exception error) when (
            error is WebSocketException or (OperationCanceledException and not null)
            && !cancellation.IsCancellationRequested)
        {
            return Finding.Problem(
                Name, $"The {what} at {where.Host} does not answer ({error.Message.TrimEnd('.')}): check the network "
                    + "and any proxy, which must let WebSockets pass.");
        }
    }
}

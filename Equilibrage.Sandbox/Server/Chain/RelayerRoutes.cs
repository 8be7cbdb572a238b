using System.Text;
using System.Text.Json;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Hosting;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>
/// The gasless relayer. A submission is judged by its wallet's signature; no relayer key is asked for here. Every
/// wallet is deployed from the start.
/// </summary>
internal sealed class RelayerRoutes(
    PracticeExchange exchange, ChainExecutor executor, ChainClock clock, Contracts contracts)
{
    private static readonly TimeSpan Executed = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Mined = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Confirmed = TimeSpan.FromSeconds(4);

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/relayer/v1/account/transactions/params", ParametersAsync);
        routes.MapGet("/relayer/nonce", ParametersAsync);
        routes.MapGet("/relayer/deployed", DeployedAsync);
        routes.MapPost("/relayer/submit", SubmitAsync);
        routes.MapGet("/relayer/v1/account/transactions/{id}", http =>
            StateAsync(http, (string)http.Request.RouteValues["id"]!));
        routes.MapGet("/relayer/transaction", http => StateAsync(http, http.Request.Required("id")));
    }

    private async Task ParametersAsync(HttpContext http)
    {
        if (!EthereumAddress.TryParse(http.Request.Text("address"), out var account))
            throw new BadRequestException("address is no address");
        var wallet = http.Request.Text("type") switch
        {
            "SAFE" => WalletDerivation.Safe(account, contracts),
            "PROXY" => WalletDerivation.Proxy(account, contracts),
            "WALLET" or null => WalletDerivation.DepositWallet(account, contracts),
            _ => throw new BadRequestException("type must be WALLET, SAFE or PROXY"),
        };
        var said = http.Request.Text("type") == "PROXY" ? contracts.RelayHub : account;
        var nonce = await exchange.LookAtChainAsync(chain => chain.NonceOf(wallet), http.RequestAborted);
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString("address", said.ToString());
            json.WriteString("nonce", FormattableString.Invariant($"{nonce}"));
            json.WriteEndObject();
        });
    }

    private static Task DeployedAsync(HttpContext http) =>
        EthereumAddress.TryParse(http.Request.Text("address"), out _)
            ? Reply.BytesAsync(http, """{"deployed":true}"""u8.ToArray())
            : throw new BadRequestException("address is no address");

    private async Task SubmitAsync(HttpContext http)
    {
        var bytes = await Body.ReadAsync(http);
        if (RelayerSubmission.Read(bytes, contracts, out var submission) is { } problem)
            throw new BadRequestException(problem);
        Require(submission!);
        var id = Guid.NewGuid().ToString();
        var hash = Keccak256.Hash(Encoding.UTF8.GetBytes(id));
        var (taken, expected) = await executor.ExecuteAsync(new(
            hash, submission!.Account, submission.Wallet, submission.IsCreation ? null : submission.Nonce,
            submission.Calls, id));
        if (taken is null)
        {
            throw new BadRequestException(FormattableString.Invariant(
                $"batch nonce {submission.Nonce} does not match on-chain nonce {expected}"));
        }

        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString("transactionID", id);
            json.WriteString("state", "STATE_NEW");
            json.WriteEndObject();
        });
    }

    private void Require(RelayerSubmission submission)
    {
        if (!submission.Calls.All(executor.Knows))
            throw new BadRequestException("call blocked");
        if (submission.Deadline < clock.Now.ToUnixTimeSeconds())
            throw new BadRequestException("deadline has passed");
    }

    private async Task StateAsync(HttpContext http, string id)
    {
        var found = await exchange.LookAtChainAsync(chain => chain.Find(id), http.RequestAborted);
        if (found is not { } transaction)
            throw new BadRequestException("transaction not found", StatusCodes.Status404NotFound);
        var age = clock.Now - transaction.SentAt;
        var state = age < Executed ? "STATE_NEW"
            : transaction.Error is not null ? "STATE_FAILED"
            : age < Mined ? "STATE_EXECUTED"
            : age < Confirmed || transaction.Block > clock.Block ? "STATE_MINED"
            : "STATE_CONFIRMED";
        await Reply.JsonAsync(http, json => Write(json, id, state, transaction));
    }

    private static void Write(Utf8JsonWriter json, string id, string state, ChainTransaction transaction)
    {
        json.WriteStartObject();
        json.WriteString("transaction_id", id);
        json.WriteString("state", state);
        json.WriteString("transaction_hash", state == "STATE_NEW" ? "" : transaction.Hash.ToString());
        json.WriteString("error_msg", state == "STATE_FAILED" ? transaction.Error : "");
        json.WriteEndObject();
    }
}

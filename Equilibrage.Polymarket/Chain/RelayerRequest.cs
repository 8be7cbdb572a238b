using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// The bodies of the relayer's <c>POST /submit</c>, by which a wallet calls contracts without paying gas: what is
/// signed differs by the kind of wallet.
/// </summary>
/// <param name="contracts">The chain's contracts.</param>
/// <param name="metadata">A note that the relayer keeps with the transaction.</param>
public sealed class RelayerRequest(Contracts contracts, string metadata = "")
{
    // A Safe tells signatures of personal messages by a higher recovery byte.
    internal const byte SafeRecoveryOffset = 4;

    private static readonly string ZeroText = EthereumAddress.Zero.ToString();

    /// <summary>Makes the deposit wallet of an account. Not signed.</summary>
    public byte[] CreateWallet(EthereumAddress account) => Write(json =>
    {
        json.WriteString("from", account.ToString());
        json.WriteString("metadata", metadata);
        json.WriteString("to", contracts.DepositWalletFactory.ToString());
        json.WriteString("type", "WALLET-CREATE");
    });

    /// <summary>Calls of a deposit wallet.</summary>
    /// <param name="signer">The key of the wallet's account.</param>
    /// <param name="wallet">The deposit wallet.</param>
    /// <param name="calls">The calls, in order.</param>
    /// <param name="nonce">The wallet's next nonce, which the relayer tells.</param>
    /// <param name="deadline">Unix seconds after which the signature is void; four minutes ahead is a good choice.
    /// </param>
    public byte[] ForDepositWallet(
        EthereumSigner signer, EthereumAddress wallet, IReadOnlyList<ContractCall> calls, long nonce, long deadline)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var signature = signer.Sign(
            WalletHashes.Batch(wallet, contracts.ChainId, calls, nonce, deadline));
        return Write(json =>
        {
            json.WriteStartObject("depositWalletParams");
            json.WriteStartArray("calls");
            foreach (var call in calls)
            {
                json.WriteStartObject();
                json.WriteString("target", call.To.ToString());
                json.WriteString("value", call.Value.ToString());
                json.WriteString("data", Hex.Encode(call.Data.Span));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteString("deadline", Text(deadline));
            json.WriteString("depositWallet", wallet.ToLowerString());
            json.WriteEndObject();
            json.WriteString("from", signer.Address.ToString());
            json.WriteString("metadata", metadata);
            json.WriteString("nonce", Text(nonce));
            json.WriteString("signature", Hex.Encode(signature));
            json.WriteString("to", contracts.DepositWalletFactory.ToString());
            json.WriteString("type", "WALLET");
        });
    }

    /// <summary>Calls of a Safe; several are packed into one that it delegates.</summary>
    /// <param name="signer">The key of the Safe's only owner.</param>
    /// <param name="safe">The Safe.</param>
    /// <param name="calls">The calls, in order; at least one.</param>
    /// <param name="nonce">The Safe's next nonce, which the relayer tells.</param>
    public byte[] ForSafe(
        EthereumSigner signer, EthereumAddress safe, IReadOnlyList<ContractCall> calls, long nonce)
    {
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentOutOfRangeException.ThrowIfZero(calls.Count, nameof(calls));
        var (call, isDelegated) = calls.Count == 1 ? (calls[0], false) : (Calldata.MultiSend(contracts, calls), true);
        var signature = signer.SignPersonal(
            WalletHashes.Safe(safe, contracts.ChainId, call, isDelegated, nonce));
        signature[^1] += SafeRecoveryOffset;
        return Write(json =>
        {
            json.WriteString("data", Hex.Encode(call.Data.Span));
            json.WriteString("from", signer.Address.ToString());
            json.WriteString("metadata", metadata);
            json.WriteString("nonce", Text(nonce));
            json.WriteString("proxyWallet", safe.ToLowerString());
            json.WriteString("signature", Hex.Encode(signature));
            json.WriteStartObject("signatureParams");
            json.WriteString("baseGas", "0");
            json.WriteString("gasPrice", "0");
            json.WriteString("gasToken", ZeroText);
            json.WriteString("operation", isDelegated ? "1" : "0");
            json.WriteString("refundReceiver", ZeroText);
            json.WriteString("safeTxnGas", "0");
            json.WriteEndObject();
            json.WriteString("to", call.To.ToString());
            json.WriteString("type", "SAFE");
        });
    }

    /// <summary>Calls of a proxy wallet.</summary>
    /// <param name="signer">The key of the wallet's account.</param>
    /// <param name="calls">The calls, in order.</param>
    /// <param name="nonce">The account's next nonce, which the relayer tells.</param>
    /// <param name="relay">Who will send the transaction, which the relayer tells.</param>
    /// <param name="gasLimit">Most units of gas.</param>
    public byte[] ForProxy(
        EthereumSigner signer, IReadOnlyList<ContractCall> calls, long nonce, EthereumAddress relay, long gasLimit)
    {
        ArgumentNullException.ThrowIfNull(signer);
        var call = Calldata.Proxy(contracts, calls);
        var signature = signer.SignPersonal(
            WalletHashes.Proxy(signer.Address, call, gasLimit, nonce, contracts.RelayHub, relay));
        return Write(json =>
        {
            json.WriteString("data", Hex.Encode(call.Data.Span));
            json.WriteString("from", signer.Address.ToString());
            json.WriteString("metadata", metadata);
            json.WriteString("nonce", Text(nonce));
            json.WriteString("proxyWallet", WalletDerivation.Proxy(signer.Address, contracts).ToLowerString());
            json.WriteString("signature", Hex.Encode(signature));
            json.WriteStartObject("signatureParams");
            json.WriteString("gasLimit", Text(gasLimit));
            json.WriteString("gasPrice", "0");
            json.WriteString("relay", relay.ToString());
            json.WriteString("relayHub", contracts.RelayHub.ToString());
            json.WriteString("relayerFee", "0");
            json.WriteEndObject();
            json.WriteString("to", call.To.ToString());
            json.WriteString("type", "PROXY");
        });
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}

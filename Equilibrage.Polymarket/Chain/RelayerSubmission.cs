using System.Globalization;
using System.Text.Json;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// What a relayer is given by <c>POST /submit</c>: <see cref="RelayerRequest"/> read back and checked.
/// </summary>
/// <param name="Account">The account whose key signed.</param>
/// <param name="Wallet">Its wallet that is to act.</param>
/// <param name="Kind">The kind of wallet.</param>
/// <param name="IsCreation">True when the wallet is to be made: no calls, no nonce, no signature.</param>
/// <param name="Nonce">The nonce that was signed.</param>
/// <param name="Deadline">Unix seconds after which the signature is void; null where none was signed.</param>
/// <param name="Calls">The calls, unpacked.</param>
public sealed record RelayerSubmission(
    EthereumAddress Account, EthereumAddress Wallet, RelayerWallet Kind, bool IsCreation, long Nonce, long? Deadline,
    IReadOnlyList<ContractCall> Calls)
{
    private static readonly JsonElement Nothing = default;

    /// <summary>Reads a body and checks its signature; deadline and nonce are the relayer's own matter.</summary>
    /// <param name="body">The body.</param>
    /// <param name="contracts">The chain's contracts.</param>
    /// <param name="submission">What it asks for; null where something is wrong.</param>
    /// <returns>Null, or what is wrong.</returns>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static string? Read(
        ReadOnlyMemory<byte> body, Contracts contracts, out RelayerSubmission? submission)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        submission = null;
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (!EthereumAddress.TryParse(Text(root, "from"), out var account))
                return "from is no address";
            (submission, var problem) = Text(root, "type") switch
            {
                "WALLET-CREATE" => (Creation(account, contracts), null),
                "WALLET" => ReadDepositWallet(root, account, contracts),
                "SAFE" => ReadSafe(root, account, contracts),
                "PROXY" => ReadProxy(root, account, contracts),
                _ => (null, "type is none of WALLET-CREATE, WALLET, SAFE, PROXY"),
            };
            return problem;
        }
        catch (JsonException)
        {
            return "the body is not JSON";
        }
    }

    private static RelayerSubmission Creation(EthereumAddress account, Contracts contracts) => new(
        account, WalletDerivation.DepositWallet(account, contracts), RelayerWallet.Deposit, true, 0, null, []);

    private static (RelayerSubmission?, string?) ReadDepositWallet(
        JsonElement root, EthereumAddress account, Contracts contracts)
    {
        var parameters = Part(root, "depositWalletParams");
        if (!EthereumAddress.TryParse(Text(parameters, "depositWallet"), out var wallet)
            || !Number(parameters, "deadline", out var deadline) || !Number(root, "nonce", out var nonce)
            || ReadCalls(Part(parameters, "calls")) is not { } calls)
            return (null, "depositWalletParams or nonce is missing or malformed");
        var digest = WalletHashes.Batch(wallet, contracts.ChainId, calls, nonce, deadline);
        return IsSigned(root, digest, account, 0)
            && WalletDerivation.Belongs(wallet, account, SignatureType.Poly1271, contracts)
                ? (new(account, wallet, RelayerWallet.Deposit, false, nonce, deadline, calls), null)
                : (null, "invalid signature");
    }

    private static (RelayerSubmission?, string?) ReadSafe(
        JsonElement root, EthereumAddress account, Contracts contracts)
    {
        var isDelegated = Text(Part(root, "signatureParams"), "operation") == "1";
        if (!EthereumAddress.TryParse(Text(root, "proxyWallet"), out var safe)
            || !Number(root, "nonce", out var nonce) || ReadCall(root) is not { } call)
            return (null, "proxyWallet, to, data or nonce is missing or malformed");
        var calls = isDelegated ? CalldataReader.UnpackMultiSend(call) : [call];
        if (calls is null || (isDelegated && call.To != contracts.MultiSend))
            return (null, "call blocked");
        var hash = WalletHashes.Safe(safe, contracts.ChainId, call, isDelegated, nonce);
        return IsSigned(root, EthereumSigner.PersonalDigest(hash), account, RelayerRequest.SafeRecoveryOffset)
            && WalletDerivation.Belongs(safe, account, SignatureType.PolyGnosisSafe, contracts)
                ? (new(account, safe, RelayerWallet.Safe, false, nonce, null, calls), null)
                : (null, "invalid signature");
    }

    private static (RelayerSubmission?, string?) ReadProxy(
        JsonElement root, EthereumAddress account, Contracts contracts)
    {
        var parameters = Part(root, "signatureParams");
        if (!Number(root, "nonce", out var nonce) || !Number(parameters, "gasLimit", out var gasLimit)
            || !EthereumAddress.TryParse(Text(parameters, "relay"), out var relay) || ReadCall(root) is not { } call)
            return (null, "to, data, nonce or signatureParams is missing or malformed");
        if (call.To != contracts.ProxyFactory || CalldataReader.UnpackProxy(call) is not { } calls)
            return (null, "call blocked");
        var hash = WalletHashes.Proxy(account, call, gasLimit, nonce, contracts.RelayHub, relay);
        var wallet = WalletDerivation.Proxy(account, contracts);
        return IsSigned(root, EthereumSigner.PersonalDigest(hash), account, 0)
            ? (new(account, wallet, RelayerWallet.Proxy, false, nonce, null, calls), null)
            : (null, "invalid signature");
    }

    private static bool IsSigned(JsonElement root, Bytes32 digest, EthereumAddress account, byte recoveryOffset)
    {
        Span<byte> signature = stackalloc byte[Secp256k1.SignatureLength];
        if (!Hex.TryDecode(Text(root, "signature"), signature))
            return false;
        signature[^1] -= recoveryOffset;
        return Secp256k1.TryRecover(digest, signature, out var signer) && signer == account;
    }

    private static List<ContractCall>? ReadCalls(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return null;
        var calls = new List<ContractCall>();
        foreach (var item in list.EnumerateArray())
        {
            if (!EthereumAddress.TryParse(Text(item, "target"), out var to)
                || !UInt256.TryParse(Text(item, "value"), out var value)
                || Hex.Decode(Text(item, "data")) is not { } data)
                return null;
            calls.Add(new(to, data, value));
        }
        return calls;
    }

    private static ContractCall? ReadCall(JsonElement root) =>
        EthereumAddress.TryParse(Text(root, "to"), out var to) && Hex.Decode(Text(root, "data")) is { } data
            ? new ContractCall(to, data)
            : null;

    private static bool Number(JsonElement element, string name, out long number) => long.TryParse(
        Text(element, name), NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var part) ? part : Nothing;

    private static string? Text(JsonElement element, string name) => Part(element, name) is var value
        && value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;
}

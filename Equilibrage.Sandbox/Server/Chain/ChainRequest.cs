using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>A transaction that somebody wants carried out.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="From">Who sends it.</param>
/// <param name="Wallet">The wallet that acts, whose nonce it takes.</param>
/// <param name="Nonce">The nonce that it names; null where it needs none.</param>
/// <param name="Calls">What it calls, in order.</param>
/// <param name="SubmissionId">The relayer's name for it; null without the relayer.</param>
internal sealed record ChainRequest(
    Bytes32 Hash, EthereumAddress From, EthereumAddress Wallet, long? Nonce, IReadOnlyList<ContractCall> Calls,
    string? SubmissionId = null);

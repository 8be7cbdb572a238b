using System.Text.Json.Serialization;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Web.Custody;

/// <summary>
/// The readable part of the vault: how its key is derived and whose it is. It is authenticated with the secret part, so
/// that nobody can change it unnoticed.
/// </summary>
internal sealed record VaultHeader
{
    /// <summary>The only <see cref="Format"/>.</summary>
    public const string Name = "equilibrage-vault";

    /// <summary>The newest <see cref="Version"/>.</summary>
    public const int NewestVersion = 1;

    /// <summary>Key from a passphrase.</summary>
    public const string FromPassphrase = "pbkdf2-sha512";

    /// <summary>Key from a key file.</summary>
    public const string FromKeyFile = "hkdf-sha512";

    /// <summary>What the file is.</summary>
    [JsonPropertyName("format")]
    public required string Format { get; init; }

    /// <summary>Which form it has.</summary>
    [JsonPropertyName("version")]
    public required int Version { get; init; }

    /// <summary>How the key is derived: <see cref="FromPassphrase"/> or <see cref="FromKeyFile"/>.</summary>
    [JsonPropertyName("kdf")]
    public required string Derivation { get; init; }

    /// <summary>Rounds of the derivation; 0 for a key file, which needs none.</summary>
    [JsonPropertyName("rounds")]
    public required int Rounds { get; init; }

    /// <summary>Salt of the derivation.</summary>
    [JsonPropertyName("salt")]
    public required byte[] Salt { get; init; }

    /// <summary>Nonce of the encryption.</summary>
    [JsonPropertyName("nonce")]
    public required byte[] Nonce { get; init; }

    /// <summary>The account of the private key.</summary>
    [JsonPropertyName("address")]
    public required string Address { get; init; }

    /// <summary>The account that holds the money.</summary>
    [JsonPropertyName("funder")]
    public required string Funder { get; init; }

    /// <summary>True when the key opens without an operator.</summary>
    [JsonIgnore]
    public bool OpensByKeyFile => Derivation == FromKeyFile;

    /// <summary>Whose money it is and how its orders are signed.</summary>
    /// <exception cref="VaultException">The funder is no wallet of the key.</exception>
    [JsonIgnore]
    public TradingWallet Wallet => WalletOf(EthereumAddress.Parse(Address), EthereumAddress.Parse(Funder));

    /// <summary>Finds out how orders of an account are signed whose money is with a funder.</summary>
    /// <exception cref="VaultException">The funder is no wallet of the key.</exception>
    public static TradingWallet WalletOf(EthereumAddress signer, EthereumAddress funder) =>
        WalletDerivation.Classify(signer, funder, Contracts.Polygon) is { } type
            ? new(signer, funder, type)
            : throw new VaultException(
                $"{funder} is no wallet that the exchange makes for the key's account {signer}. Take the address on "
                + "your profile page there, and the key of the account that opened it.");
}

using System.Buffers.Binary;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// The addresses of the wallets that the venue makes for an account: each follows from the account alone (CREATE2).
/// </summary>
public static class WalletDerivation
{
    private const int WordLength = Bytes32.Length;
    private const int ArgumentsLength = 2 * WordLength;
    private const int BeaconCodeLength = 0x52;
    private const int ImplementationCodeLength = 0x3d;

    private static readonly Bytes32 ProxyInitCodeHash =
        Bytes32.Parse("0xd21df8dc65880a8606f09fe0ce3df9b8869287ab0b058be05aa9e8af6330a00b");

    private static readonly Bytes32 SafeInitCodeHash =
        Bytes32.Parse("0x2bce2127ff07fb632d16c8347c4ebf501f4841168bed00d9e6ef715ddb6fcecf");

    // Creation code of a minimal proxy with arguments behind it: a prefix that counts them, the address of the beacon
    // or of the code, and the body.
    private static readonly byte[] BeaconBody = Convert.FromHexString(
        "60195155f3363d3d373d3d363d602036600436635c60da"
        + "1b60e01b36527fa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6c"
        + "b3582b35133d50545afa5036515af43d6000803e604d573d6000fd5b3d6000f3");

    private static readonly byte[] ImplementationBody = Convert.FromHexString(
        "6009"
        + "5155f3363d3d373d3d363d7f360894a13ba1a3210667c828492db98dca3e2076"
        + "cc3735a920a3ca505d382bbc545af43d6000803e6038573d6000fd5b3d6000f3");

    /// <summary>The proxy wallet of an account (signature type 1).</summary>
    public static EthereumAddress Proxy(EthereumAddress account, Contracts contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        Span<byte> bytes = stackalloc byte[EthereumAddress.Length];
        account.CopyTo(bytes);
        return Create2(contracts.ProxyFactory, Keccak256.Hash(bytes), ProxyInitCodeHash);
    }

    /// <summary>The Safe of an account (signature type 2).</summary>
    public static EthereumAddress Safe(EthereumAddress account, Contracts contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        Span<byte> word = stackalloc byte[WordLength];
        account.CopyToWord(word);
        return Create2(contracts.SafeFactory, Keccak256.Hash(word), SafeInitCodeHash);
    }

    /// <summary>The deposit wallet of an account (signature type 3).</summary>
    public static EthereumAddress DepositWallet(EthereumAddress account, Contracts contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        return DepositWallet(
            account, contracts.DepositWalletFactory, BeaconCodeLength, contracts.DepositWalletBeacon, BeaconBody);
    }

    /// <summary>The deposit wallet that an account got before 2026-06-29, which has another address.</summary>
    public static EthereumAddress EarlyDepositWallet(EthereumAddress account, Contracts contracts)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        return DepositWallet(
            account, contracts.DepositWalletFactory, ImplementationCodeLength, contracts.DepositWalletImplementation,
            ImplementationBody);
    }

    /// <summary>
    /// How orders of an account are signed whose money is at <paramref name="funder"/>; null when that wallet is none
    /// that the venue makes for this account. Ask the user for the funder (the address on the profile page), never
    /// guess it.
    /// </summary>
    public static SignatureType? Classify(EthereumAddress account, EthereumAddress funder, Contracts contracts)
    {
        foreach (var type in Enum.GetValues<SignatureType>())
            if (Belongs(funder, account, type, contracts))
                return type;
        return null;
    }

    /// <summary>True when <paramref name="funder"/> is the account's wallet of this type.</summary>
    public static bool Belongs(
        EthereumAddress funder, EthereumAddress account, SignatureType type, Contracts contracts) => type switch
        {
            SignatureType.Eoa => funder == account,
            SignatureType.PolyProxy => funder == Proxy(account, contracts),
            SignatureType.PolyGnosisSafe => funder == Safe(account, contracts),
            SignatureType.Poly1271 => funder == DepositWallet(account, contracts)
                || funder == EarlyDepositWallet(account, contracts),
            _ => false,
        };

    /// <summary>The salt of an account's deposit wallet, and the arguments that are hashed into it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="factory">The factory.</param>
    /// <param name="arguments">Receives 64 bytes: factory and account, a word each.</param>
    internal static Bytes32 DepositWalletSalt(
        EthereumAddress account, EthereumAddress factory, Span<byte> arguments)
    {
        factory.CopyToWord(arguments);
        account.CopyToWord(arguments[WordLength..]);
        return Keccak256.Hash(arguments[..ArgumentsLength]);
    }

    private static EthereumAddress DepositWallet(
        EthereumAddress account, EthereumAddress factory, int codeLength, EthereumAddress code,
        ReadOnlySpan<byte> body)
    {
        // PUSH2 and the length of the code with its arguments; then copy that much and return it.
        ReadOnlySpan<byte> copy = [0x3d, 0x81, 0x60, 0x23, 0x3d, 0x39, 0x73];
        var prefixLength = 3 + copy.Length;
        Span<byte> arguments = stackalloc byte[ArgumentsLength];
        var salt = DepositWalletSalt(account, factory, arguments);

        Span<byte> creation = stackalloc byte[prefixLength + EthereumAddress.Length + body.Length + ArgumentsLength];
        creation[0] = 0x61;
        BinaryPrimitives.WriteUInt16BigEndian(creation[1..], (ushort)(codeLength + ArgumentsLength));
        copy.CopyTo(creation[3..]);
        code.CopyTo(creation[prefixLength..]);
        body.CopyTo(creation[(prefixLength + EthereumAddress.Length)..]);
        arguments.CopyTo(creation[^ArgumentsLength..]);
        return Create2(factory, salt, Keccak256.Hash(creation));
    }

    // EIP-1014: the last 20 bytes of the hash of 0xff, factory, salt and the hash of the creation code.
    private static EthereumAddress Create2(EthereumAddress factory, in Bytes32 salt, in Bytes32 initCodeHash)
    {
        Span<byte> bytes = stackalloc byte[1 + EthereumAddress.Length + (2 * WordLength)];
        bytes[0] = 0xff;
        factory.CopyTo(bytes[1..]);
        salt.CopyTo(bytes[(1 + EthereumAddress.Length)..]);
        initCodeHash.CopyTo(bytes[^WordLength..]);
        Span<byte> digest = stackalloc byte[Keccak256.DigestLength];
        Keccak256.Hash(bytes, digest);
        return EthereumAddress.From(digest[^EthereumAddress.Length..]);
    }
}

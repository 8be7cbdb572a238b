using System.Text;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>How contracts are called (Solidity's application binary interface).</summary>
public static class Abi
{
    /// <summary>Bytes of a selector.</summary>
    public const int SelectorLength = 4;

    /// <summary>The first four bytes of the hash of a function's text, such as <c>approve(address,uint256)</c>.
    /// </summary>
    public static byte[] Selector(string function) => Topic(function).ToArray()[..SelectorLength];

    /// <summary>The hash of an event's text, by which its records are found.</summary>
    public static Bytes32 Topic(string text) => Keccak256.Hash(Encoding.UTF8.GetBytes(text));

    /// <summary>The arguments of a call, without a selector.</summary>
    public static byte[] Encode(params AbiValue[] arguments) => AbiValue.EncodeAll(arguments);

    /// <summary>A call.</summary>
    /// <param name="function">Its text, such as <c>approve(address,uint256)</c>.</param>
    /// <param name="arguments">Arguments of exactly these types.</param>
    public static byte[] Call(string function, params AbiValue[] arguments) =>
        [.. Selector(function), .. AbiValue.EncodeAll(arguments)];
}

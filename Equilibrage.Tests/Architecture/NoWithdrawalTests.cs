using System.Reflection;
using System.Text.RegularExpressions;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Architecture;

/// <summary>
/// Nothing can take money out of the wallet: no call that moves cash or shares to somebody is built anywhere. What
/// moves them is trading, splitting, merging, converting and redeeming, all of which end in the same wallet.
/// </summary>
[Trait("Tier", "Architecture")]
public sealed partial class NoWithdrawalTests
{
    private static readonly string[] Permitted =
    [
        "approve(address,uint256)", "setApprovalForAll(address,bool)", "balanceOf(address)",
        "balanceOf(address,uint256)", "balanceOfBatch(address[],uint256[])", "allowance(address,address)",
        "isApprovedForAll(address,address)", "splitPosition(address,bytes32,bytes32,uint256[],uint256)",
        "mergePositions(address,bytes32,bytes32,uint256[],uint256)",
        "redeemPositions(address,bytes32,bytes32,uint256[])", "convertPositions(bytes32,uint256,uint256)",
        "payoutDenominator(bytes32)", "payoutNumerators(bytes32,uint256)", "split(bytes31,uint256)",
        "merge(bytes31,uint256)", "redeem(bytes31,uint256,uint256)", "multiSend(bytes)",
        "proxy((uint8,address,uint256,bytes)[])", "nonce()", "getNonce(address)",
    ];

    [Fact]
    public void Program_EveryCallOfAContract_IsOneOfTrading()
    {
        var calls = Sources().SelectMany(file => Signature().Matches(file.Text)
            .Select(match => (File: file, Call: match.Groups[1].Value, At: match.Index))).ToList();

        Assert.Contains(calls, call => call.Call == "approve(address,uint256)");
        Finding.AssertNone(calls.Where(call => !Permitted.Contains(call.Call)).Select(call => new Finding(
            call.File.Path, CodeText.LineOf(call.File.Text, call.At),
            $"{call.Call} is no call of trading. The desk must not be able to move money out of the wallet.")));
    }

    [Fact]
    public void Program_NoFile_NamesATransferOfTokens() => Finding.AssertNone(
        from file in Sources()
        from Match match in Transfer().Matches(file.Text)
        select new Finding(
            file.Path, CodeText.LineOf(file.Text, match.Index), "the desk must not be able to move money out."));

    [Fact]
    public void Calldata_EveryMethod_StartsWithAPermittedSelector()
    {
        var selectors = Permitted.Select(signature => Convert.ToHexStringLower(
            Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature)).ToArray().AsSpan(0, 4))).ToHashSet();
        var calls = typeof(Calldata).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(ContractCall))
            .Select(method => (method.Name, Call: (ContractCall)method.Invoke(
                null, [.. method.GetParameters().Select(Sample)])!))
            .ToList();

        Assert.True(calls.Count > 12);
        Assert.All(calls, call => Assert.Contains(
            Convert.ToHexStringLower(call.Call.Data.Span[..4]), (IEnumerable<string>)selectors));
    }

    [Fact]
    public void Permissions_OnlyTheListOfTheVenuesContracts_GivesThem() => Finding.AssertNone(
        from file in Sources()
        where file.Name is not ("Approval.cs" or "Calldata.cs")
        from Match match in Permission().Matches(file.Text)
        select new Finding(
            file.Path, CodeText.LineOf(file.Text, match.Index),
            "whoever may be named here could take the money: give permissions by Approval.Required only."));

    [Theory]
    [InlineData("Abi.Call(\"transfer(address,uint256)\", to, amount)", true)]
    [InlineData("selector 0xa9059cbb", true)]
    [InlineData("safeTransferFrom(address,address,uint256,uint256,bytes)", true)]
    [InlineData("Transfer(address,address,uint256)", false)]
    public void Transfer_Sample_IsRecognised(string text, bool expected) =>
        Assert.Equal(expected, Transfer().IsMatch(text));

    private static IEnumerable<SourceFile> Sources() => SourceTree.Files.Where(file =>
        file.Path.EndsWith(".cs", StringComparison.Ordinal)
        && !file.Path.StartsWith("Equilibrage.Tests/", StringComparison.Ordinal)
        && !file.Path.StartsWith("Equilibrage.Sandbox/", StringComparison.Ordinal));

    private static object? Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(Contracts) => Contracts.Polygon,
        var type when type == typeof(IReadOnlyList<ContractCall>) =>
            new[] { new ContractCall(Contracts.Polygon.Collateral, new byte[4]) },
        var type when type == typeof(IReadOnlyCollection<UInt256>) => new UInt256[] { 1 },
        var type when type.IsValueType => Activator.CreateInstance(type),
        var type => throw new InvalidOperationException($"No sample of {type.Name}."),
    };

    [GeneratedRegex("""(?:Abi\.Call|Abi\.Selector)\(\s*"([^"]+)"?""")]
    private static partial Regex Signature();

    [GeneratedRegex(@"\bCalldata\.(Approve|SetApprovalForAll)\b|new Approval\(")]
    private static partial Regex Permission();

    // Events are written with a capital: reading that something was moved is no way to move it.
    [GeneratedRegex(@"\btransfer\(address|a9059cbb|\btransferFrom\(|23b872dd|\bsafe(Batch)?TransferFrom\(|f242432a|"
        + @"2eb2c2d6|\bunwrap\(address|8cc7104f|""/withdraw""")]
    private static partial Regex Transfer();
}

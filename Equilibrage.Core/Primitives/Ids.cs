using System.Text.Json.Serialization;

namespace Equilibrage.Core.Primitives;

/// <summary>An id that is text on the wire and in storage.</summary>
public interface ITextId<TSelf>
    where TSelf : struct, ITextId<TSelf>
{
    /// <summary>The text.</summary>
    string Value { get; }

    /// <summary>Wraps text.</summary>
    static abstract TSelf From(string value);
}

/// <summary>A market: the condition id, <c>0x</c> and 64 hexadecimal digits.</summary>
[JsonConverter(typeof(TextIdJsonConverter<MarketId>))]
public readonly record struct MarketId(string Value) : ITextId<MarketId>
{
    /// <inheritdoc/>
    public static MarketId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An outcome token: a decimal integer of up to 78 digits.</summary>
[JsonConverter(typeof(TextIdJsonConverter<TokenId>))]
public readonly record struct TokenId(string Value) : ITextId<TokenId>
{
    /// <inheritdoc/>
    public static TokenId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A trading account: mode, venue and wallet, such as <c>sandbox:practice:0xabc…</c>.</summary>
[JsonConverter(typeof(TextIdJsonConverter<AccountId>))]
public readonly record struct AccountId(string Value) : ITextId<AccountId>
{
    /// <inheritdoc/>
    public static AccountId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A strategy, such as <c>equilibrage</c>.</summary>
[JsonConverter(typeof(TextIdJsonConverter<StrategyId>))]
public readonly record struct StrategyId(string Value) : ITextId<StrategyId>
{
    /// <inheritdoc/>
    public static StrategyId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A position: a UUID in its usual text form.</summary>
[JsonConverter(typeof(TextIdJsonConverter<PositionId>))]
public readonly record struct PositionId(string Value) : ITextId<PositionId>
{
    /// <inheritdoc/>
    public static PositionId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Our id of an order: a UUID, known before anything is sent.</summary>
[JsonConverter(typeof(TextIdJsonConverter<ClientOrderId>))]
public readonly record struct ClientOrderId(string Value) : ITextId<ClientOrderId>
{
    /// <inheritdoc/>
    public static ClientOrderId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The venue's id of an order: the EIP-712 hash, computed before sending.</summary>
[JsonConverter(typeof(TextIdJsonConverter<VenueOrderId>))]
public readonly record struct VenueOrderId(string Value) : ITextId<VenueOrderId>
{
    /// <inheritdoc/>
    public static VenueOrderId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>The venue's id of a trade.</summary>
[JsonConverter(typeof(TextIdJsonConverter<TradeId>))]
public readonly record struct TradeId(string Value) : ITextId<TradeId>
{
    /// <inheritdoc/>
    public static TradeId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An incident: kind and place in the journal, such as <c>cash-412</c>.</summary>
[JsonConverter(typeof(TextIdJsonConverter<IncidentId>))]
public readonly record struct IncidentId(string Value) : ITextId<IncidentId>
{
    /// <inheritdoc/>
    public static IncidentId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An operation on the chain, derived from what it is for: asking again is asking for the same.</summary>
[JsonConverter(typeof(TextIdJsonConverter<OperationId>))]
public readonly record struct OperationId(string Value) : ITextId<OperationId>
{
    /// <inheritdoc/>
    public static OperationId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

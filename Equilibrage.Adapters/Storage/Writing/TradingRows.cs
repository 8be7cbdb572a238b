using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Adapters.Storage.Writing;

/// <summary>Rows of accounts, markets, positions, orders and fills from what the engine says.</summary>
internal static class TradingRows
{
    /// <summary>The account, from its id <c>mode:venue:wallet</c> and its first deposit.</summary>
    public static AccountRow Account(JournalRecord record, Entry deposit)
    {
        var parts = record.AccountId.Value.Split(':', 3);
        if (parts.Length != 3)
            throw new InvalidOperationException($"Account '{record.AccountId}' is not mode:venue:wallet.");
        return new AccountRow
        {
            AccountId = record.AccountId.Value,
            Mode = parts[0],
            Venue = parts[1],
            Wallet = parts[2],
            CapitalMicros = deposit.Postings.First(posting => posting.Account == LedgerAccount.Cash).Micros,
            MarketTime = record.At.MarketTime,
            RecordedAt = record.At.RecordedAt,
        };
    }

    /// <summary>A market in which a position was opened.</summary>
    public static MarketRow Market(JournalRecord record, Market market) => new()
    {
        AccountId = record.AccountId.Value,
        MarketId = market.Id.Value,
        MarketName = market.Question,
        Slug = market.Slug,
        Category = market.Category,
        GroupId = market.GroupId,
        GroupName = market.GroupTitle,
        OutcomeYes = market.NameYes,
        OutcomeNo = market.NameNo,
        TokenYes = market.TokenYes.Value,
        TokenNo = market.TokenNo.Value,
        TickSizeMicros = market.TickSize.ToMicros,
        MinimumSizeMicros = market.MinimumOrderSize.ToMicros,
        FeeRateMicros = market.Fees?.RateMicros,
        FeeIsAssumed = market.Fees?.IsAssumed ?? false,
        EventStart = market.EventStart,
        ExpectedEnd = market.ExpectedEnd,
        Document = StorageJson.Write(market),
        MarketTime = record.At.MarketTime,
        RecordedAt = record.At.RecordedAt,
    };

    /// <summary>A position as it stands, its held shares valued at the last known bids.</summary>
    public static PositionRow Position(
        Position position, string marketName, Price? bidYes, Price? bidNo, long sequence, Stamp at)
    {
        var liquidated = position.LiquidatedSide is { } side ? position.Leg(side) : null;
        var (yes, no) = (position.Yes, position.No);
        return new PositionRow
        {
            AccountId = position.AccountId.Value,
            PositionId = position.Id.Value,
            StrategyId = position.StrategyId.Value,
            MarketId = position.MarketId.Value,
            MarketName = marketName,
            Status = Words.Of(position.Status),
            State = Words.Of(position.State),
            Score = position.Score,
            Rules = StorageJson.Write(position.Rules),
            AllocationMicros = position.Capital.ToMicros,
            RatioYesMicros = Micros.FromDecimal(Math.Round(position.Rules.RatioYes, 6)),
            EntryTime = position.EnteredAt ?? position.OpenedAt,
            EntryPriceYesMicros = Rounded(yes.EntryPrice),
            EntryPriceNoMicros = Rounded(no.EntryPrice),
            CapitalYesMicros = yes.Cost.ToMicros,
            CapitalNoMicros = no.Cost.ToMicros,
            SharesYesMicros = yes.Held.ToMicros,
            SharesNoMicros = no.Held.ToMicros,
            CurrentPriceYesMicros = bidYes?.ToMicros,
            CurrentPriceNoMicros = bidNo?.ToMicros,
            LiquidatedSide = Words.Of(position.LiquidatedSide),
            LiquidationTime = position.LiquidatedAt,
            TriggerPriceMicros = Rounded(liquidated?.TriggerPrice),
            RealizedSlippageMicros = Rounded(liquidated?.RealizedSlippage),
            CloseTime = position.ClosedAt,
            ExitReason = position.IsOpen ? null : Words.Of(position.ExitReason),
            ResolutionOutcome = position.Resolution is { } resolution ? Outcome(resolution) : null,
            FeesMicros = position.Fees.ToMicros,
            RealizedPnlMicros = Realized(yes) + Realized(no),
            PnlMicros = position.Pnl(bidYes, bidNo).ToMicros,
            IsManual = position.IsManual,
            Document = StorageJson.Write(position),
            RowVersion = sequence,
            MarketTime = at.MarketTime,
            RecordedAt = at.RecordedAt,
        };
    }

    /// <summary>One leg of a position.</summary>
    public static PositionLegRow Leg(Position position, Leg leg, Stamp at) => new()
    {
        AccountId = position.AccountId.Value,
        PositionId = position.Id.Value,
        TokenId = leg.TokenId.Value,
        Side = Words.Of(leg.Outcome),
        BudgetMicros = leg.Budget.ToMicros,
        PlannedSharesMicros = leg.Planned.ToMicros,
        BoughtSharesMicros = leg.Bought.ToMicros,
        SoldSharesMicros = leg.Sold.ToMicros,
        SettledSharesMicros = leg.Settled.ToMicros,
        HeldSharesMicros = leg.Held.ToMicros,
        CostMicros = leg.Cost.ToMicros,
        ProceedsMicros = leg.Proceeds.ToMicros,
        PayoutMicros = leg.Payout.ToMicros,
        FeesMicros = leg.Fees.ToMicros,
        EntryPriceMicros = Rounded(leg.EntryPrice),
        ExitPriceMicros = Rounded(leg.ExitPrice),
        TriggerPriceMicros = Rounded(leg.TriggerPrice),
        RealizedSlippageMicros = Rounded(leg.RealizedSlippage),
        ExitReason = Words.Of(leg.ExitReason),
        MarketTime = at.MarketTime,
        RecordedAt = at.RecordedAt,
    };

    /// <summary>An order about to be sent.</summary>
    public static OrderRow Order(JournalRecord record, EngineOutput.OrderSubmitted submitted)
    {
        var command = submitted.Order.Command;
        return new OrderRow
        {
            AccountId = record.AccountId.Value,
            ClientOrderId = command.ClientOrderId.Value,
            VenueOrderId = submitted.Order.VenueOrderId.Value,
            StrategyId = command.StrategyId.Value,
            MarketId = command.MarketId.Value,
            PositionId = command.PositionId.Value,
            TokenId = command.TokenId.Value,
            Outcome = Words.Of(command.Outcome),
            Side = Words.Of(command.Side),
            OrderType = Words.Of(command.Type),
            IsPostOnly = command.IsPostOnly,
            LimitPriceMicros = command.Limit.ToMicros,
            SharesMicros = command.Quantity.ToMicros,
            FilledSharesMicros = 0,
            FilledMicros = 0,
            FeesMicros = 0,
            ExitReason = Words.Of(submitted.Reason),
            Status = Words.Of(OrderStatus.Submitted),
            Salt = command.Salt,
            TimestampMs = command.TimestampMs,
            SubmittedAt = record.At.MarketTime,
            MarketTime = record.At.MarketTime,
            RecordedAt = record.At.RecordedAt,
        };
    }

    /// <summary>An execution.</summary>
    public static FillRow Fill(JournalRecord record, EngineOutput.FillBooked booked) => new()
    {
        AccountId = record.AccountId.Value,
        VenueTradeId = booked.Fill.TradeId.Value,
        ClientOrderId = booked.ClientOrderId.Value,
        StrategyId = Known(record.StrategyId?.Value, record),
        MarketId = Known(record.MarketId?.Value, record),
        PositionId = booked.PositionId.Value,
        TokenId = booked.Fill.TokenId.Value,
        Outcome = Words.Of(booked.Outcome),
        Side = Words.Of(booked.Fill.Side),
        Sequence = record.Sequence,
        PriceMicros = booked.Fill.Price.ToMicros,
        SharesMicros = booked.Fill.Quantity.ToMicros,
        NotionalMicros = booked.Fill.Notional.ToMicros,
        FeeMicros = booked.Fill.Fee.ToMicros,
        Liquidity = Words.Of(booked.Fill.Liquidity),
        Settlement = Words.Of(booked.Entry.Status),
        MarketTime = booked.Fill.ExecutedAt,
        RecordedAt = record.At.RecordedAt,
    };

    /// <summary>An execution in the table of trades.</summary>
    public static TradeRow Trade(JournalRecord record, EngineOutput.FillBooked booked, string marketName) => new()
    {
        AccountId = record.AccountId.Value,
        TradeId = $"{booked.Fill.TradeId}:{booked.ClientOrderId}",
        StrategyId = Known(record.StrategyId?.Value, record),
        MarketId = Known(record.MarketId?.Value, record),
        MarketName = marketName,
        PositionId = booked.PositionId.Value,
        ClientOrderId = booked.ClientOrderId.Value,
        TokenId = booked.Fill.TokenId.Value,
        Side = Words.Of(booked.Outcome),
        Action = Words.Of(booked.Fill.Side),
        PriceMicros = booked.Fill.Price.ToMicros,
        SharesMicros = booked.Fill.Quantity.ToMicros,
        UsdMicros = booked.Fill.Notional.ToMicros,
        FeeMicros = booked.Fill.Fee.ToMicros,
        Settlement = Words.Of(booked.Entry.Status),
        VenueTradeId = booked.Fill.TradeId.Value,
        ExecutedAt = booked.Fill.ExecutedAt,
        RecordedAt = record.At.RecordedAt,
    };

    /// <summary>A resolved leg's payout in the table of trades.</summary>
    public static TradeRow Trade(
        JournalRecord record, EngineOutput.LegSettled settled, Leg leg, Price payout, string marketName) => new()
        {
            AccountId = record.AccountId.Value,
            TradeId = settled.Entry.Id,
            StrategyId = Known(record.StrategyId?.Value, record),
            MarketId = Known(record.MarketId?.Value, record),
            MarketName = marketName,
            PositionId = settled.PositionId.Value,
            TokenId = leg.TokenId.Value,
            Side = Words.Of(settled.Outcome),
            Action = "redeem",
            PriceMicros = payout.ToMicros,
            SharesMicros = leg.Settled.ToMicros,
            UsdMicros = settled.Payout.ToMicros,
            FeeMicros = 0,
            Settlement = Words.Of(settled.Entry.Status),
            ExecutedAt = record.At.MarketTime,
            RecordedAt = record.At.RecordedAt,
        };

    /// <summary>How a market ended, in one word.</summary>
    public static string Outcome(Resolution resolution) => resolution switch
    {
        { Kind: ResolutionKind.Voided } => "void",
        { Winner: { } winner } => Words.Of(winner),
        _ => "split",
    };

    private static long Realized(Leg leg) =>
        (leg.Proceeds + leg.Payout - (leg.Cost - leg.Basis) - leg.Fees).ToMicros;

    private static long? Rounded(decimal? value) =>
        value is { } some ? Micros.FromDecimal(Math.Round(some, 6)) : null;

    private static string Known(string? id, JournalRecord record) => id
        ?? throw new InvalidOperationException($"Journal record {record.Sequence} does not say whose it is.");
}

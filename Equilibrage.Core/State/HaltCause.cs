using System.Text.Json.Serialization;

namespace Equilibrage.Core.State;

/// <summary>What pulled the kill switch.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HaltCause>))]
public enum HaltCause
{
    /// <summary>The operator: a page, REST, or <c>run.sh halt</c>.</summary>
    Operator,

    /// <summary>The halt file of the data folder.</summary>
    File,

    /// <summary>The environment variable with which the process was started.</summary>
    Environment,

    /// <summary>The day's loss reached its limit.</summary>
    DailyLoss,

    /// <summary>Equity fell too far below its peak.</summary>
    Drawdown,

    /// <summary>Too many orders in a row failed.</summary>
    Errors,

    /// <summary>A feed was lost for longer than its grace. The only cause that clears itself.</summary>
    FeedLost,
}

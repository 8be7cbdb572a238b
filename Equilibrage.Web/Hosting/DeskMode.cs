namespace Equilibrage.Web.Hosting;

/// <summary>Which parts a desk runs with.</summary>
internal enum DeskMode
{
    /// <summary>The practice exchange, with practice money.</summary>
    Sandbox,

    /// <summary>Live public data, orders executed on paper, nothing that could sign.</summary>
    Paper,

    /// <summary>The real exchange with the operator's wallet.</summary>
    Live,
}

namespace Equilibrage.Web.Custody;

/// <summary>The vault cannot be used; the message says what to do and holds nothing secret.</summary>
internal sealed class VaultException : Exception
{
    /// <summary>Makes one.</summary>
    public VaultException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public VaultException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

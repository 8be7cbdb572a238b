namespace Equilibrage.Polymarket.Signing;

/// <summary>libsecp256k1 is not on this machine, so nothing can be signed or checked.</summary>
public sealed class SignatureLibraryException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="cause">What the loader said.</param>
    public SignatureLibraryException(Exception cause)
        : base(
            "Signing orders needs the library libsecp256k1, which is not on this machine. Install it with "
            + "'sudo apt-get install libsecp256k1-1' (macOS: 'brew install secp256k1') and start again. Paper mode "
            + "does not need it.",
            cause)
    {
    }
}

namespace Equilibrage.Adapters.Storage;

/// <summary>Storage cannot go on. The message says what is wrong and what the operator can do about it.</summary>
internal sealed class StorageException : Exception
{
    public StorageException(string message)
        : base(message)
    {
    }

    public StorageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
